import type { ReportFinding } from '../report.ts';
import { moment, momentAfter } from './times.ts';

const SECOND = 'YYYY-MM-DDThh:mm:ss'.length;

/** One error as a log and a status write it: the one with its zone, the other without. */
const isSameSecond = (a: string, b: string | null): boolean =>
  b !== null && a.slice(0, SECOND) === b.slice(0, SECOND);

/**
 * Since when, and whether it was still running where the copies end: what lies between them and
 * now no file tells. By the facts `firstSeen`, `lastSeen` and `running`; '' without.
 */
export const since = (facts: ReportFinding['facts']): string => {
  const { firstSeen, lastSeen, running } = facts as Record<string, unknown>;
  const first = typeof firstSeen === 'string' ? firstSeen : null;
  const last =
    typeof lastSeen === 'string' && (running !== undefined || !isSameSecond(lastSeen, first))
      ? momentAfter(lastSeen, first ?? '')
      : null;
  const begun =
    first === null ? null : `first ${'laps' in facts ? 'lap' : 'seen'} ${moment(first)}`;
  const end =
    running === true
      ? `still running when the copies end${last === null ? '' : ` (${last})`}`
      : running === false
        ? `over${last === null ? '' : `: last seen ${last}`}`
        : last && `last seen ${last}`;
  return [begun, end].filter((part) => part !== null).join('; ');
};
