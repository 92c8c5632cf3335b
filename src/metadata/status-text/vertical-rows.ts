import type { TextLine } from '../text-lines.ts';
import { unquote } from './pasted-line.ts';
import type { PastedRow } from './pasted-row.ts';
import type { PastedTable } from './pasted-table.ts';
import { type AnySection, sectionOf } from './sections/index.ts';
import { endsResult, readColumn, readRowHeader } from './vertical-column.ts';
import { readRow } from './vertical-row.ts';

/** Number of the line before which a row that begins at `from` must have ended. */
const blockEnd = (lines: readonly TextLine[], from: number, prefix: string): number => {
  let at = from;
  while (at < lines.length) {
    const text = lines[at]?.text ?? '';
    if (readRowHeader(text) || endsResult(unquote(text, prefix))) break;
    at += 1;
  }
  return at;
};

const keysOf = (lines: readonly TextLine[], from: number, to: number): Set<string> => {
  const keys = new Set<string>();
  for (let at = from; at < to; at += 1) {
    const column = readColumn(lines[at]?.text ?? '');
    if (column) keys.add(column.key);
  }
  return keys;
};

/** Reads what `\G` or `mysql -E` printed, all its rows, from a line `*** 1. row ***` on. */
export const readVerticalRows = (lines: readonly TextLine[], start: number): PastedTable | null => {
  const rows: PastedRow[] = [];
  let section: AnySection | null = null;
  let previous: number | null = null;
  let at = start;
  for (;;) {
    const header = readRowHeader(lines[at]?.text ?? '');
    if (!header || (previous !== null && header.number !== previous + 1)) break;
    const from = at + 1;
    const to = blockEnd(lines, from, header.prefix);
    section ??= sectionOf(keysOf(lines, from, to));
    if (!section) return null;
    const { row, next } = readRow({ lines, from, to, section, prefix: header.prefix });
    if (row.cells.size === 0) break;
    rows.push(row);
    previous = header.number;
    at = next;
    while (at < lines.length && lines[at]?.text.trim() === '') at += 1;
  }
  return section && rows.length > 0
    ? { section, form: 'vertical', rows, problems: [], next: at }
    : null;
};
