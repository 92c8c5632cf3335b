import type { MetadataProblem } from '../parsed.ts';
import type { TextLine } from '../text-lines.ts';
import { unquote } from './pasted-line.ts';
import type { PastedRow } from './pasted-row.ts';
import type { PastedTable } from './pasted-table.ts';
import { replicaStatus } from './sections/replica-status.ts';
import { endsResult, readColumn, readRowHeader, type VerticalColumn } from './vertical-column.ts';
import { LONGEST_VALUE, readRow } from './vertical-row.ts';

/** A list of columns is a status from so many on. */
const FEWEST_COLUMNS = 4;
/** With less, no two of them can be {@link TELLING}. */
const FEWEST_PICKED = 2;
/**
 * What people pick out of one to show a failure; a pair that says that all is well may be what
 * instructions tell to look for.
 */
const TELLING: ReadonlyArray<readonly [key: string, other: string, fails: RegExp]> = [
  ['replica_io_running', 'replica_sql_running', /^(?:no|connecting|preparing)$/i],
  ['last_io_errno', 'last_io_error', /^[1-9]\d*$/],
  ['last_sql_errno', 'last_sql_error', /^[1-9]\d*$/],
];

const tells = ({ cells }: PastedRow): boolean => {
  const valueOf = (key: string): string => cells.get(key)?.pieces[0]?.text.trim() ?? '';
  return TELLING.some(
    ([key, other, fails]) =>
      valueOf(key) !== '' &&
      valueOf(other) !== '' &&
      (fails.test(valueOf(key)) || fails.test(valueOf(other))),
  );
};

/** Share of its values that may be unreadable. */
const FEW = 1 / 4;

/**
 * Reads a replica's status whose `*** 1. row ***` is missing (`grep` has picked lines, or the copy
 * began below it): several of its columns one after the other, all with values of their kind.
 */
export const readHeadlessRow = (lines: readonly TextLine[], start: number): PastedTable | null => {
  const section = replicaStatus;
  const isOwn = (column: VerticalColumn | null): column is VerticalColumn =>
    column !== null && section.keys.has(column.key) && /^[A-Z].*_/.test(column.name);
  const first = lines[start];
  if (!first || !isOwn(readColumn(first.text))) return null;
  const prefix = first.text.slice(0, first.text.search(/[A-Z]/));
  const seen = new Set<string>();
  let to = start;
  while (to < lines.length && to - start < LONGEST_VALUE) {
    const text = lines[to]?.text ?? '';
    const column = readColumn(text);
    if (readRowHeader(text) || endsResult(unquote(text, prefix))) break;
    if (isOwn(column)) {
      if (seen.has(column.key)) break;
      seen.add(column.key);
    }
    to += 1;
  }
  if (seen.size < FEWEST_PICKED) return null;
  const { row, next } = readRow({ lines, from: start, to, section, prefix });
  if (row.cells.size < FEWEST_COLUMNS && !tells(row)) return null;
  if (!section.recognises(new Set(row.cells.keys()))) return null;
  // A page that explains the columns has sentences behind them
  const problems: MetadataProblem[] = [];
  section.read(row, problems);
  return problems.length <= row.cells.size * FEW
    ? { section, form: 'vertical', rows: [row], problems: [], next }
    : null;
};
