import type { Palette } from '../../../report/renderers/palette.ts';
import { count } from '../../../report/renderers/words.ts';
import { wrap } from '../../../report/renderers/wrap.ts';
import type { RowCounts, Stats } from '../../stats.ts';

/** What every section is written on. */
export interface Sheet {
  readonly stats: Stats;
  /** Columns. */
  readonly width: number;
  /** Tables at most. */
  readonly top: number;
  /** What paths are shown without, with the slash that ends it. */
  readonly folder: string;
  readonly paint: Palette;
}

/** A part of the text as lines without line ends; none when there is nothing to say. */
export type Section = (sheet: Sheet) => readonly string[];

export const heading = ({ width, paint }: Sheet, text: string): string[] =>
  wrap(text, width).map(paint.heading);

/** Wrapped prose, every line behind `indent` columns. */
export const prose = ({ width }: Sheet, text: string, indent = 0): string[] =>
  wrap(text, Math.max(20, width - indent)).map((line) => ' '.repeat(indent) + line);

export const rowsIn = ({ written, updated, deleted }: RowCounts): number =>
  written + updated + deleted;

/** `12.3%` of `whole`; empty where there is no whole. */
export const share = (part: number, whole: number): string =>
  whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)}%`;

/** A count for a table: nothing where it is 0, so that the eye finds the others. */
export const cell = (n: number): string => (n === 0 ? '' : count(n));
