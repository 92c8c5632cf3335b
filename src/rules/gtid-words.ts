import type { GtidSet } from '../binlog/gtid-set.ts';
import type { GtidTransaction } from '../evidence/gtid-transactions.ts';
import type { Locus } from './define-rule.ts';

/** Characters of a GTID set that a sentence can bear. */
const MOST = 160;

/** A GTID set in a sentence: cut, if it must be, between two of its parts. */
export const setText = (set: GtidSet): string => {
  const text = String(set);
  if (text.length <= MOST) return text;
  const cut = text.slice(0, MOST);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(','), cut.lastIndexOf(':'), 36))}…`;
};

/** The first transactions of a list, as places. */
export const gtidLoci = (transactions: readonly GtidTransaction[], most = 10): Locus[] =>
  transactions.slice(0, most).map((one) => gtidLocus(one, null));

/** A transaction's place; `text` for the statement that stands there. */
export const gtidLocus = (
  { file, offset, end, gtid }: GtidTransaction,
  text: string | null,
): Locus => ({
  path: file.path,
  offset,
  length: end === null ? null : end - offset,
  field: null,
  source: null,
  gtid,
  text,
});
