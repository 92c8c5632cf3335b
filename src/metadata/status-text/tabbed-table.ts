import type { MetadataProblem } from '../parsed.ts';
import type { TextLine } from '../text-lines.ts';
import { gtids } from './cell-value.ts';
import { columnKey, type PastedCell, type PastedForm, type PastedRow } from './pasted-row.ts';
import type { PastedTable } from './pasted-table.ts';
import { type AnySection, isKnownColumn, sectionOf } from './sections/index.ts';
import { variables } from './sections/variables.ts';
import { NO_MARGINS } from './wrapped-text.ts';

const QUOTE = /^(?:\s*>)+ ?/;
const plain = (line: TextLine | undefined): string => line?.text.replace(QUOTE, '') ?? '';

/** `mysql -B` writes these for what would end a cell or a line (`safe_put_field`, client/mysql.cc). */
const ESCAPED: Readonly<Record<string, string>> = { n: '\n', t: '\t', '0': '\0', '\\': '\\' };
const unescape = (text: string): string =>
  text.replaceAll(/\\([nt0\\])/g, (whole, letter: string) => ESCAPED[letter] ?? whole);

/** Makes a row of the texts that stand in one line. */
export const rowOf = (
  line: TextLine,
  names: readonly string[],
  texts: readonly string[],
): PastedRow => {
  const cells = new Map<string, PastedCell>();
  for (const [index, name] of names.entries()) {
    const pieces = [{ text: texts[index] ?? '', width: 0 }];
    const isCut = !line.terminated && index === names.length - 1;
    cells.set(columnKey(name), { name, pieces, offset: line.offset, isCut });
  }
  return { cells, offset: line.offset, margins: NO_MARGINS };
};

const isGtidLine = (text: string): boolean =>
  text.trim() === 'NULL' || (text.trim() !== '' && gtids.parse(text) !== null);

/** Lines from `at` on that one list of GTIDs takes: all but its last end in a comma. */
const gtidLines = (lines: readonly TextLine[], at: number): number => {
  let count = 0;
  while (isGtidLine(plain(lines[at + count]))) {
    count += 1;
    if (
      !plain(lines[at + count - 1])
        .trimEnd()
        .replace(/\\n$/, '')
        .endsWith(',')
    )
      break;
  }
  return count;
};

interface Head {
  readonly names: readonly string[];
  readonly section: AnySection;
  readonly cut: (text: string) => readonly string[];
}

const byTabs = (text: string): readonly string[] => text.split('\t').map(unescape);
/** A terminal shows tabs as blanks, which a copy of it keeps. */
const byBlanks = (text: string): readonly string[] => text.trim().split(/\s+/);

/** What no value of the variables with these names is, alone in a line with its name. */
const COLUMN_NAME = /^\s*[@A-Za-z][\w@.$]*\s*$/;

const readHead = (text: string): Head | null => {
  if (!isKnownColumn(columnKey(/^\s*[^\s]+/.exec(text)?.[0] ?? ''))) return null;
  const cut = text.includes('\t') ? byTabs : byBlanks;
  const names = cut(text);
  if (!names.every((name) => COLUMN_NAME.test(name))) return null;
  const section = sectionOf(new Set(names.map(columnKey)));
  if (!section) return null;
  if (cut === byTabs) return { names, section, cut };
  // Blanks are no cells' ends but where every word is a column, and every value one word
  const isPlain = names.every((name) => section.keys.has(columnKey(name)));
  return isPlain && section !== variables ? { names, section, cut } : null;
};

const isReadable = (section: AnySection, row: PastedRow): boolean => {
  const problems: MetadataProblem[] = [];
  section.read(row, problems);
  return problems.length === 0;
};

/** The value of a single column: what lies below its name, empty for an empty one. */
const readSingle = (
  lines: readonly TextLine[],
  start: number,
  { names, section }: Head,
): PastedTable | null => {
  const line = lines[start + 1];
  const [name = ''] = names;
  if (!line || section.valueOf(columnKey(name)) !== gtids) return null;
  const count = gtidLines(lines, start + 1);
  if (count === 0 && plain(line).trim() !== '') return null;
  const text = Array.from({ length: count }, (_, index) => plain(lines[start + 1 + index])).join(
    '',
  );
  const form: PastedForm = 'tabbed';
  return {
    section,
    form,
    rows: [rowOf(line, names, [text])],
    problems: [],
    next: start + 1 + Math.max(count, 1),
  };
};

/** Reads what `mysql -B` printed, from the line with the names of its columns on. */
export const readTabbedTable = (lines: readonly TextLine[], start: number): PastedTable | null => {
  const head = readHead(plain(lines[start]));
  if (!head) return null;
  const { names, section, cut } = head;
  if (names.length === 1) return readSingle(lines, start, head);
  const endsInGtids = section.valueOf(columnKey(names.at(-1) ?? '')) === gtids;
  const rows: PastedRow[] = [];
  let at = start + 1;
  for (;;) {
    const line = lines[at];
    const texts = line ? cut(plain(line)) : [];
    if (!line || texts.length !== names.length) break;
    at += 1;
    // `--raw` leaves the line ends that are in a GTID set
    const last = plain(line).trimEnd();
    const more = endsInGtids && last.endsWith(',') ? gtidLines(lines, at) : 0;
    const rest = lines.slice(at, at + more).map((one) => plain(one));
    const row = rowOf(line, names, [...texts.slice(0, -1), [texts.at(-1), ...rest].join('')]);
    if (cut === byBlanks && !isReadable(section, row)) break;
    rows.push(row);
    at += more;
  }
  return rows.length > 0 ? { section, form: 'tabbed', rows, problems: [], next: at } : null;
};
