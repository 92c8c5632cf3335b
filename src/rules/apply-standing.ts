import type { StillStopped } from '../evidence/still-stopped.ts';
import type { Trouble } from '../evidence/thread-trouble.ts';
import type { Found } from './define-rule.ts';
import { standingWords, weigh } from './report-locus.ts';
import { at as moment } from './words.ts';

const WEIGHT: Readonly<Record<Exclude<StillStopped, 'told'>, Weight>> = {
  'nothing-applied': { severity: 'critical', confidence: 'likely' },
  'newest-entry': { severity: 'high', confidence: 'likely' },
  unknown: { severity: 'medium', confidence: 'possible' },
};

const STILL_WORDS: Readonly<Record<keyof typeof WEIGHT, string>> = {
  'nothing-applied':
    'The replica’s own binary log holds nothing of what follows it in the relay logs.',
  'newest-entry': 'The error log ends with it; a later start would be a note, and it holds none.',
  unknown:
    'The error log goes on after it, and holds no notes: a later start of the applier would be one.',
};

type Weight = Pick<Found, 'severity' | 'confidence'>;

/** How much a failure of an applier counts, and why. */
export interface ApplyStanding extends Weight {
  readonly words: string;
}

const sinceWords = (since: number): string =>
  `It is over: this server’s own binary log holds what the applier committed after it, at ${moment(since)} UTC.`;

/** `since`: when the transaction was committed after all; null where nothing shows that. */
export const applyStanding = (
  trouble: Trouble,
  still: StillStopped,
  since: number | null,
  worst: 'high' | 'critical',
): ApplyStanding => {
  if (since !== null) return { ...weigh(trouble, worst), words: sinceWords(since) };
  if (still === 'told') return { ...weigh(trouble, worst), words: standingWords(trouble) };
  const { severity, confidence } = WEIGHT[still];
  return {
    severity: severity === 'critical' ? worst : severity,
    confidence,
    words: STILL_WORDS[still],
  };
};
