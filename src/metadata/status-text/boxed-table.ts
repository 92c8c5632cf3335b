import type { MetadataProblem } from '../parsed.ts';
import type { TextLine } from '../text-lines.ts';
import { unquote } from './pasted-line.ts';
import { columnKey, type PastedCell, type PastedRow } from './pasted-row.ts';
import type { PastedTable } from './pasted-table.ts';
import { sectionOf } from './sections/index.ts';
import { NO_MARGINS } from './wrapped-text.ts';

const BORDER = /^(.{0,80}?)\+[-+]*-[-+]*\s*$/;
const BORDER_PART = /^[-+]+\s*$/;
/** The second line of a Markdown table. */
const MARKDOWN_BORDER = /^(.{0,80}?)\|[\s:]*-[-\s:|]*\s*$/;
/** Between cells; Markdown writes `\|` for one that is no end. */
const BAR = /(?<!\\)\|/;
/** Physical lines that one row may take. */
const LONGEST_ROW = 200;

/** How the lines of one table are laid out. */
interface Box {
  readonly prefix: string;
  readonly columns: number;
  /** Where the lines between the columns stand; empty in Markdown, which need not align them. */
  readonly edges: readonly number[];
  /** Physical lines that a border takes: more than one where a terminal has wrapped it. */
  readonly parts: number;
  /** Columns of the terminal that wrapped it. */
  readonly width: number;
}

/** A row as it was cut out: its cells' texts, or null where they cannot be told apart. */
interface BoxLine {
  readonly cells: readonly string[] | null;
  readonly next: number;
}

const edgesOf = (border: string): number[] =>
  Array.from(border.matchAll(/\+/g), ({ index }) => index);

/** Cuts at the edges, where each has its bar: a value may hold bars of its own. */
const cutAtEdges = (text: string, edges: readonly number[]): string[] | null => {
  const last = edges.at(-1) ?? -1;
  if (last < 0 || text.slice(last + 1).trim() !== '') return null;
  if (edges.some((edge) => text[edge] !== '|')) return null;
  return edges.slice(0, -1).map((edge, index) => text.slice(edge + 1, edges[index + 1]).trim());
};

const cutAtBars = (text: string, columns: number): string[] | null => {
  const inner = /^\s*\|([^]*)\|\s*$/.exec(text)?.[1];
  const cells = inner?.split(BAR).map((cell) => cell.trim().replaceAll('\\|', '|'));
  return cells?.length === columns ? cells : null;
};

/** Reads the row that begins at line `at`, with the lines that it was wrapped into. */
const readBoxLine = (lines: readonly TextLine[], at: number, box: Box): BoxLine => {
  const textAt = (line: number): string => unquote(lines[line]?.text ?? '', box.prefix);
  const physical = Array.from({ length: box.parts }, (_, part) =>
    part < box.parts - 1 ? textAt(at + part).padEnd(box.width) : textAt(at + part),
  );
  const aligned = cutAtEdges(physical.join(''), box.edges);
  if (aligned) return { cells: aligned, next: at + box.parts };
  let bars = 0;
  for (let next = at; next < Math.min(at + LONGEST_ROW, lines.length); next += 1) {
    const text = textAt(next);
    if (text.trim() === '' || BORDER_PART.test(text)) break;
    bars += text.split(BAR).length - 1;
    if (bars < box.columns + 1) continue;
    const whole = Array.from({ length: next + 1 - at }, (_, line) => textAt(at + line)).join('\n');
    return { cells: cutAtBars(whole, box.columns), next: next + 1 };
  }
  return { cells: null, next: at + 1 };
};

/** Whether a border is going on in its next line: no border has two corners side by side. */
const isGoingOn = (border: string | undefined, next: string): boolean =>
  border !== undefined &&
  BORDER_PART.test(border) &&
  !(border.trimEnd().endsWith('+') && next.startsWith('+'));

/** The layout that a border shows, and the line below it; null when it is none. */
const readBorder = (lines: readonly TextLine[], at: number): { box: Box; next: number } | null => {
  const text = lines[at]?.text ?? '';
  const prefix = text.includes('+-') ? BORDER.exec(text)?.[1] : undefined;
  if (prefix === undefined || isGoingOn(lines[at - 1]?.text, text.trimStart())) return null;
  let border = '';
  let parts = 0;
  while (parts < LONGEST_ROW) {
    const part = unquote(lines[at + parts]?.text ?? '', prefix).trimEnd();
    if (!BORDER_PART.test(part) || (parts > 0 && !isGoingOn(border, part))) break;
    border += part;
    parts += 1;
  }
  const edges = edgesOf(border);
  const width = unquote(text, prefix).trimEnd().length;
  const box = { prefix, columns: edges.length - 1, edges, parts, width };
  return border.endsWith('+') && edges.length > 1 ? { box, next: at + parts } : null;
};

/** A Markdown table's layout, by its first two lines. */
const readMarkdownHead = (lines: readonly TextLine[], at: number): Box | null => {
  if (!lines[at]?.text.includes('|')) return null;
  const border = lines[at + 1]?.text ?? '';
  const prefix = border.includes('-') ? MARKDOWN_BORDER.exec(border)?.[1] : undefined;
  if (prefix === undefined) return null;
  const columns = unquote(border, prefix).split('|').length - 2;
  return columns > 0 ? { prefix, columns, edges: [], parts: 1, width: 0 } : null;
};

const toRow = (line: TextLine, names: readonly string[], texts: readonly string[]): PastedRow => {
  const cells = new Map<string, PastedCell>();
  for (const [index, name] of names.entries()) {
    const pieces = (texts[index] ?? '')
      .split('\n')
      // Wrapped between the bars by whatever it was: always at a blank, or where blanks do not matter
      .map((text) => ({ text, width: Number.POSITIVE_INFINITY }));
    cells.set(columnKey(name), { name, pieces, offset: line.offset, isCut: false });
  }
  return { cells, offset: line.offset, margins: NO_MARGINS };
};

/** Reads a table in a box of `+---+` and `|`, or in Markdown, from its first line on. */
export const readBoxedTable = (lines: readonly TextLine[], start: number): PastedTable | null => {
  const top = readBorder(lines, start);
  const markdown = top ? null : readMarkdownHead(lines, start);
  const box = top?.box ?? markdown;
  if (!box) return null;
  const head = readBoxLine(lines, top?.next ?? start, box);
  const section = head.cells ? sectionOf(new Set(head.cells.map(columnKey))) : null;
  if (!head.cells || !section) return null;
  const rows: PastedRow[] = [];
  const problems: MetadataProblem[] = [];
  let at = head.next + box.parts;
  for (;;) {
    const line = lines[at];
    if (!line || !unquote(line.text, box.prefix).trimStart().startsWith('|')) break;
    const { cells, next } = readBoxLine(lines, at, box);
    if (cells) rows.push(toRow(line, head.cells, cells));
    else {
      const problem = `cannot be cut into ${box.columns} cells, and is not read`;
      problems.push({ offset: line.offset, field: 'row', problem });
    }
    at = next;
  }
  const bottom = top ? readBorder(lines, at) : null;
  return { section, form: 'boxed', rows, problems, next: bottom?.next ?? at };
};
