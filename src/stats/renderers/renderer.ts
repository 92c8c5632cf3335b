import type { ColorLevel } from '../../report/renderers/index.ts';
import type { Stats } from '../stats.ts';

export interface StatsRenderOptions {
  /** Columns of the text. */
  readonly width: number;
  readonly color: ColorLevel;
  /** Tables that the text shows; JSON has all. */
  readonly top: number;
}

/** Stats as the text of one format, ready to be written. */
export type StatsRenderer = (stats: Stats, options: StatsRenderOptions) => string;
