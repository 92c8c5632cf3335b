import type { Severity } from '../../../rules/finding.ts';
import type { Report } from '../../report.ts';
import type { Paint, Palette } from '../palette.ts';
import { wrap } from '../wrap.ts';

/** Prose in longer lines is hard to read, however wide the terminal. */
export const PROSE_COLUMNS = 100;

/** What every section is written on. */
export interface Page {
  readonly report: Report;
  /** Columns for prose. */
  readonly width: number;
  /** Columns for tables. */
  readonly fullWidth: number;
  /** What paths are shown without: see `commonFolder`. */
  readonly folder: string;
  readonly minSeverity: Severity;
  readonly paint: Palette;
}

/** A part of the report as lines without line ends; none when there is nothing to say. */
export type Section = (page: Page) => readonly string[];

/** Columns of the labels on the left of a finding. */
const LABEL_COLUMNS = 12;

export const INDENT = ' '.repeat(LABEL_COLUMNS);

/** Columns that are left of the page behind `indent` columns; never so few that words shatter. */
export const columnsBehind = (page: Page, indent: number): number =>
  Math.max(20, page.width - indent);

/** Wrapped prose, every line behind `indent` columns. */
export const prose = (page: Page, text: string, indent = 0): string[] =>
  wrap(text, columnsBehind(page, indent)).map((line) => ' '.repeat(indent) + line);

/** The title of a section. */
export const heading = (page: Page, text: string): string[] =>
  prose(page, text).map(page.paint.heading);

/** Wrapped prose that begins with a short title of its own look. */
export const lead = (page: Page, title: string, text: string, paint: Paint): string[] =>
  prose(page, `${title} ${text}`).map((line, at) =>
    at === 0 ? paint(title) + line.slice(title.length) : line,
  );

/** Lines behind a label: `  where     relay-bin.000002@550`. */
export const labelled = (page: Page, label: string, lines: readonly string[]): string[] =>
  lines.map((line, at) =>
    at === 0
      ? `${page.paint.quiet(`  ${label}`.padEnd(LABEL_COLUMNS))}${line}`
      : `${INDENT}${line}`,
  );

/** Wrapped prose behind a label. */
export const labelledProse = (page: Page, label: string, text: string): string[] =>
  labelled(page, label, wrap(text, columnsBehind(page, LABEL_COLUMNS)));

/** The lines that `write` makes for a narrower page, moved in by `indent` columns. */
export const inset = (
  page: Page,
  indent: number,
  write: (inner: Page) => readonly string[],
): string[] =>
  write({ ...page, width: columnsBehind(page, indent) }).map((line) =>
    line === '' ? line : ' '.repeat(indent) + line,
  );
