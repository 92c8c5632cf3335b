import type { TextLine } from '../text-lines.ts';
import { gtids } from './cell-value.ts';
import { unquote } from './pasted-line.ts';
import { columnKey, type PastedCell, type PastedRow } from './pasted-row.ts';
import type { AnySection } from './sections/index.ts';
import { readColumn, type VerticalColumn } from './vertical-column.ts';
import { isWrap, type Margins, marginsOf } from './wrapped-text.ts';

/** Lines that a value may go on for, when more columns follow: a statement that an error repeats. */
export const LONGEST_VALUE = 400;
/** Lines that somebody may have put between two columns: `^^^ look here`. */
const LONGEST_NOTE = 3;
/** Share of the known columns whose colons must stand in one place for a text to be aligned. */
const MOSTLY = 0.8;

interface OpenCell {
  readonly name: string;
  readonly key: string;
  readonly offset: number;
  readonly pieces: { text: string; width: number }[];
  isCut: boolean;
}

/** The lines that one row's columns stand in. */
export interface Block {
  readonly lines: readonly TextLine[];
  readonly from: number;
  /** Behind the last line that can belong to the row. */
  readonly to: number;
  readonly section: AnySection;
  readonly prefix: string;
}

interface Layout {
  /** Where the client put all colons; null when the text has lost its alignment. */
  readonly colon: number | null;
  readonly margins: Margins;
}

/** How the columns of a block stand in its lines. */
const layoutOf = ({ lines, from, to, section }: Block): Layout => {
  const colons = new Map<number, number>();
  let known = 0;
  let last = from;
  for (let at = from; at < to; at += 1) {
    const column = readColumn(lines[at]?.text ?? '');
    if (!column || !section.keys.has(column.key)) continue;
    known += 1;
    last = at;
    colons.set(column.colon, (colons.get(column.colon) ?? 0) + 1);
  }
  const [most] = [...colons].sort((a, b) => b[1] - a[1]);
  return {
    colon: most && most[1] >= 2 && most[1] >= known * MOSTLY ? most[0] : null,
    margins: marginsOf(lines.slice(from, last + 1).map(({ text }) => text)),
  };
};

/** Widths of the lines that break a value which is one text: not the server's own lines of a set. */
const brokenLines = (cells: Iterable<PastedCell>, section: AnySection): number[] =>
  [...cells]
    .filter(({ name }) => section.valueOf(columnKey(name)) !== gtids)
    .flatMap(({ pieces }) => pieces.slice(0, -1).map(({ width }) => width));

const isGtids = (text: string): boolean =>
  /^[\s\w,:-]+$/.test(text) && gtids.parse(text.replace(/^[\s,]+|[\s,]+$/g, '')) !== null;

/**
 * How many lines of `gap`, which look like no columns, belong to the row: as parts of the value that
 * is open (`isValue`), or as what stands between two columns. `follows`: more of its columns come.
 */
const readGap = (
  open: OpenCell,
  gap: readonly string[],
  follows: boolean,
  section: AnySection,
  margins: Margins,
): { readonly lines: number; readonly isValue: boolean } => {
  const none = { lines: 0, isValue: false };
  const filled = gap.filter((text) => text.trim() !== '');
  if (filled.length === 0) return follows ? { lines: gap.length, isValue: false } : none;
  const value = section.valueOf(open.key);
  const width = open.pieces.at(-1)?.width ?? 0;
  if (value === gtids) {
    const isList = filled.every(isGtids);
    if (follows && isList) return { lines: gap.length, isValue: true };
    const other = gap.findIndex((text) => !isGtids(text));
    if (!follows) return { lines: other < 0 ? gap.length : other, isValue: true };
  }
  if (gap[0]?.trim() === '') return none;
  const isLong = isWrap(width, gap[0] ?? '', margins);
  if (!follows) {
    if (value.wrapping === 'solid' || !isLong) return none;
    const end = gap.findIndex(
      (text, at) =>
        text.trim() === '' || (at > 0 && !isWrap(gap[at - 1]?.length ?? 0, text, margins)),
    );
    return { lines: end < 0 ? gap.length : end, isValue: true };
  }
  if (value.wrapping === 'words' || isLong) return { lines: gap.length, isValue: true };
  return filled.length <= LONGEST_NOTE ? { lines: gap.length, isValue: false } : none;
};

/** Reads the columns of one row. `next` is the number of the first line that is none of it. */
export const readRow = (block: Block): { readonly row: PastedRow; readonly next: number } => {
  const { lines, from, to, section, prefix } = block;
  const { colon, margins } = layoutOf(block);
  const textAt = (at: number): string => lines[at]?.text ?? '';
  const columnAt = (at: number): VerticalColumn | null => {
    const column = readColumn(textAt(at));
    if (!column || section.keys.has(column.key)) return column;
    if (colon !== null) return column.colon === colon ? column : null;
    // `Error_code: 1062` may begin a line that a mail program broke off
    const isName = /^[A-Z][a-zA-Z\d]*_\w+$/.test(column.name);
    return isName && !isWrap(textAt(at - 1).length, textAt(at), margins) ? column : null;
  };

  const cells = new Map<string, PastedCell>();
  let open: OpenCell | null = null;
  let at = from;
  while (at < to) {
    const column = columnAt(at);
    const line = lines[at];
    if (column && line) {
      if (cells.has(column.key)) break;
      const { name, key, value } = column;
      open = {
        name,
        key,
        offset: line.offset,
        pieces: [{ text: value, width: line.text.length }],
        isCut: !line.terminated,
      };
      cells.set(key, open);
      at += 1;
      continue;
    }
    let stop = at + 1;
    while (stop < to && stop - at < LONGEST_VALUE && !columnAt(stop)) stop += 1;
    const gap = lines.slice(at, stop).map(({ text }) => unquote(text, prefix));
    const following = stop < to ? columnAt(stop) : null;
    const follows = following !== null && !cells.has(following.key);
    const taken = open
      ? readGap(open, gap, follows, section, margins)
      : { lines: follows && gap.every((text) => text.trim() === '') ? gap.length : 0 };
    for (const [index, text] of gap.slice(0, taken.lines).entries()) {
      if (!open || !('isValue' in taken) || !taken.isValue || text.trim() === '') continue;
      open.pieces.push({ text, width: textAt(at + index).length });
      open.isCut = lines[at + index]?.terminated === false;
    }
    at += taken.lines;
    if (taken.lines < gap.length || !follows) break;
  }
  const { cut } = marginsOf([], brokenLines(cells.values(), section));
  const offset = lines[from]?.offset ?? 0;
  return { row: { cells, offset, margins: { ...margins, cut } }, next: at };
};
