import type { MetadataProblem, Parsed } from '../parsed.ts';
import type { TextLine } from '../text-lines.ts';
import { readBareValues } from './bare-values.ts';
import { readBoxedTable } from './boxed-table.ts';
import { readEmptyStatus } from './empty-result.ts';
import { readHeadlessRow } from './headless-row.ts';
import { pastedLines } from './pasted-line.ts';
import type { PastedForm } from './pasted-row.ts';
import type { PastedTable } from './pasted-table.ts';
import type { SectionKind, SectionRows } from './sections/index.ts';
import { readTimeAbove, type StatedTime } from './stated-time.ts';
import { readTabbedTable } from './tabbed-table.ts';
import { readVerticalRows } from './vertical-rows.ts';

/** What one statement printed at one moment. */
export interface StatusSection<K extends SectionKind = SectionKind> {
  readonly kind: K;
  readonly form: PastedForm;
  /** Bytes in the file: from the first line of the output to behind its last. */
  readonly offset: number;
  readonly end: number;
  /** When it was printed, where the text above it says so. */
  readonly takenAt: StatedTime | null;
  /** One a channel, log, worker or variable, in the order of the text; none where the server had none. */
  readonly rows: readonly SectionRows[K][];
}

/** A text that holds outputs of statements, in its order, with anything between them. */
export interface StatusText {
  readonly sections: readonly StatusSection[];
}

const readTable = (lines: readonly TextLine[], at: number): PastedTable | null =>
  readVerticalRows(lines, at) ??
  readBoxedTable(lines, at) ??
  readTabbedTable(lines, at) ??
  readHeadlessRow(lines, at) ??
  readEmptyStatus(lines, at);

/**
 * Reads a text of a ticket or of a client's output. Only outputs of the statements in
 * `sections/index.ts` are taken from it, wherever they begin; `fileName`, without directory, says
 * what values are that stand there without their names (`mysql -N`).
 */
export const parseStatusText = (bytes: Buffer, fileName: string): Parsed<StatusText> => {
  const lines = pastedLines(bytes);
  const sections: StatusSection[] = [];
  const problems: MetadataProblem[] = [];
  const take = (table: PastedTable, from: number, behind: number): void => {
    const { section, form, rows, next } = table;
    problems.push(...table.problems);
    sections.push({
      kind: section.kind,
      form,
      offset: lines[from]?.offset ?? 0,
      end: lines[next - 1]?.end ?? bytes.byteLength,
      takenAt: readTimeAbove(lines, behind, from),
      rows: rows.map((row) => section.read(row, problems)),
    });
  };
  let behind = 0;
  let at = 0;
  while (at < lines.length) {
    const table = readTable(lines, at);
    if (table) {
      take(table, at, behind);
      behind = table.next;
    }
    at = table?.next ?? at + 1;
  }
  const bare = sections.length === 0 ? readBareValues(lines, fileName) : null;
  if (bare) take(bare, 0, 0);
  return { value: { sections }, problems: problems.toSorted((a, b) => a.offset - b.offset) };
};

/** The rows of all sections of one kind, in the order of the text. */
export const sectionsOf = <K extends SectionKind>(
  { sections }: StatusText,
  kind: K,
): readonly StatusSection<K>[] =>
  sections.filter((section): section is StatusSection<K> => section.kind === kind);

/** What a text is called: the one kind of output that it holds, or that it holds several. */
export type StatusSubject = SectionKind | 'status-text';

export const subjectOf = ({ sections }: StatusText): StatusSubject => {
  const kinds = new Set(sections.map(({ kind }) => kind));
  const [only] = kinds;
  return kinds.size === 1 && only ? only : 'status-text';
};
