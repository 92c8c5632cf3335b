import type { Severity } from '../../../rules/finding.ts';
import type { Report } from '../../report.ts';
import type { SqlSheet } from '../sql-block.ts';
import { count } from '../words.ts';

/** What every section is written on. */
export interface Sheet {
  readonly report: Report;
  /** What paths are shown without: see `commonFolder`. */
  readonly folder: string;
  readonly minSeverity: Severity;
  /** For statements and their comments. */
  readonly sql: SqlSheet;
}

/** From what is never left out to what goes first where there is not room for all. */
export const RANK = {
  verdict: 0,
  stop: 1,
  plan: 2,
  table: 3,
  finding: 4,
  servers: 5,
  outcomes: 6,
  fix: 7,
  why: 8,
  problems: 9,
  context: 10,
  aside: 11,
  inputs: 12,
  evidence: 13,
} as const;

export type Rank = (typeof RANK)[keyof typeof RANK];

/** A part of the report that is shown whole, in its shorter form, or not at all. */
export interface Block {
  readonly rank: Rank;
  /** Without line ends around it. */
  readonly text: string;
  readonly shorter?: string;
  /** What stands in its place when it is left out, instead of the usual words. */
  readonly instead?: string;
}

/** A part of the report; no blocks when there is nothing to say. */
export type Section = (sheet: Sheet) => readonly Block[];

/** Blocks of one rank, of the parts that say something. */
export const blocks = (rank: Rank, ...texts: readonly string[]): Block[] =>
  texts.filter((text) => text !== '').map((text) => ({ rank, text }));

/** Paragraphs, lists and fences with what sets them apart; '' are left out. */
export const stacked = (...parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join('\n\n');

/** Escaped texts as a list, without empty ones; at most `limit`, and a word on the rest. */
export const bullets = (items: readonly string[], limit = Number.POSITIVE_INFINITY): string => {
  const told = items.filter((item) => item !== '');
  const rest = told.length - limit;
  return [
    ...told.slice(0, limit).map((item) => `- ${item}`),
    ...(rest > 0 ? [`- … and ${count(rest)} more, all in the JSON report`] : []),
  ].join('\n');
};

/** A list below its name; '' for an empty one. */
export const named = (name: string, items: readonly string[]): string =>
  items.length === 0 ? '' : stacked(`**${name}**`, bullets(items));

/** Folded where that is known, harmless where it is not. `summary` holds no data. */
export const folded = (summary: string, ...parts: readonly string[]): string =>
  stacked(`<details>\n<summary>${summary}</summary>`, ...parts, '</details>');
