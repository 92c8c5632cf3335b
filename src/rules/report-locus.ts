import type { Released } from '../evidence/released.ts';
import type { ThreadReport } from '../evidence/thread-reports.ts';
import type { Trouble } from '../evidence/thread-trouble.ts';
import type { Locus } from './define-rule.ts';
import type { Confidence, Severity } from './finding.ts';
import { at } from './words.ts';

/** Lines of one episode that a report shows: how it began, and how it stands. */
const SHOWN = 4;
/** Characters of a message: enough for where the source read last. */
const WORDS = 400;

const locusOf = ({ path, offset, text, time, witness }: ThreadReport): Locus => ({
  path,
  offset,
  length: null,
  field: witness === 'status-text' ? 'error' : null,
  source: null,
  gtid: null,
  text: `${time === null ? '' : `${time} `}${text.replaceAll(/\s+/g, ' ').slice(0, WORDS)}`,
});

/** The first and the last lines of a failure, what the status says, and what ended it. */
export const troubleLoci = ({
  reports,
  recovery,
  appliedSince,
  released,
}: Trouble): readonly [Locus, ...Locus[]] => {
  const shown =
    reports.length > SHOWN ? [...reports.slice(0, 1), ...reports.slice(1 - SHOWN)] : reports;
  return [
    ...[...shown, ...(recovery ? [recovery] : [])].map(locusOf),
    ...(appliedSince
      ? [
          {
            path: appliedSince.file.path,
            offset: appliedSince.offset,
            length: null,
            field: 'immediate_commit_timestamp',
            source: null,
            gtid: null,
            text: `applied at ${at(appliedSince.time)}`,
          },
        ]
      : []),
    ...(released
      ? [
          {
            path: released.path,
            offset: released.offset,
            length: null,
            field: null,
            source: null,
            gtid: null,
            text: released.text,
          },
        ]
      : []),
  ] as unknown as [Locus, ...Locus[]];
};

/** How much a failure counts: over it is past, and where nothing tells whether it is, nobody is sure. */
export const weigh = (
  { standing, released }: Trouble,
  standingSeverity: Severity,
): { readonly severity: Severity; readonly confidence: Confidence } => {
  if (standing === 'stands') return { severity: standingSeverity, confidence: 'proven' };
  if (standing === 'over') return { severity: 'low', confidence: released ? 'likely' : 'proven' };
  return { severity: 'medium', confidence: 'possible' };
};

const RELEASED_WORDS: Readonly<Record<Released['by'], string>> = {
  'reset-logged':
    'It is over: replication was reset afterwards, and nothing says that it was started again.',
  'empty-status': 'It is over: the server replicates from nobody any more, its status is empty.',
  'reset-seen':
    'It is over: the relay logs were begun anew afterwards, as a reset leaves them, and no status file tells of a source.',
  'no-status-files':
    'It is over: nothing in the server’s folder tells of a source any more, neither status files nor relay logs.',
};

/** What the newest word on a failure is, for a summary. */
export const standingWords = ({
  standing,
  recovery,
  receivedSince,
  appliedSince,
  released,
  ended,
}: Trouble): string => {
  if (released) return RELEASED_WORDS[released.by];
  if (standing === 'stands') return 'Nothing later says that it ended.';
  if (standing === 'unclear') {
    return ended
      ? 'Afterwards the thread was stopped, changed or restarted with its server; whether the failure came back is not said.'
      : 'Another text shows the thread otherwise, and which is the newer one is not known.';
  }
  if (!recovery && receivedSince !== null) {
    return `It is over: the relay logs hold events that the source wrote up to ${at(receivedSince)} UTC, later than the last of these lines.`;
  }
  if (!recovery && appliedSince !== null) {
    return `It is over: its own binary log holds what it applied of this source up to ${at(appliedSince.time)} UTC, later than the last of these lines.`;
  }
  const when = recovery?.time ? ` at ${recovery.time}` : '';
  return recovery?.says === 'working'
    ? `It is over: the thread worked again${when}.`
    : `It is over: the thread failed for another reason${when}.`;
};
