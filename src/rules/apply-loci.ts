import { formatCoordinates } from '../binlog/coordinates.ts';
import type { CameBack } from '../evidence/came-back.ts';
import type { FetchedPart } from '../evidence/fetched-part.ts';
import type { Trouble } from '../evidence/thread-trouble.ts';
import type { Locus } from './define-rule.ts';
import { logLocus } from './position-locus.ts';
import { troubleLoci } from './report-locus.ts';

/** What a reader sees first: the error, its event, what decides; then the rest of both. */
export const inOrder = (
  trouble: Trouble,
  events: readonly Locus[],
  touches: readonly Locus[],
  isDecided: boolean,
): readonly [Locus, ...Locus[]] => {
  const [error, ...more] = troubleLoci(trouble);
  const deciding = isDecided ? touches.slice(0, 1) : [];
  return [error, ...events, ...deciding, ...more, ...touches.slice(deciding.length)];
};

export const backLoci = (back: CameBack | null): Locus[] =>
  back
    ? [
        logLocus(
          back.path,
          back.offset,
          back.proof === 'sent'
            ? 'the source received it from this server'
            : 'applied here before what stands before it in the relay logs',
        ),
      ]
    : [];

export const partLoci = (part: FetchedPart | null): Locus[] =>
  part
    ? [
        logLocus(
          part.before.path,
          part.before.facts.last?.offset ?? 4,
          `stored up to ${formatCoordinates(part.stored)}, inside the transaction`,
        ),
        logLocus(
          part.connection.path,
          part.connection.offset,
          `the next connect asks for ${formatCoordinates(part.asked)} once more`,
        ),
      ]
    : [];
