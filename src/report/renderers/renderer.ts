import type { Severity } from '../../rules/finding.ts';
import type { Report } from '../report.ts';

/** How many colours a renderer may use, in chalk's levels; 0 is none at all. */
export type ColorLevel = 0 | 1 | 2 | 3;

export interface RenderOptions {
  /** Columns that prose is wrapped to; what is meant for pasting is never wrapped. */
  readonly width: number;
  readonly color: ColorLevel;
  /** Findings below it are left out. Summary, plan and exit code do not change. */
  readonly minSeverity: Severity;
}

/** A report as the text of one format, ready to be written. */
export type Renderer = (report: Report, options: RenderOptions) => string;
