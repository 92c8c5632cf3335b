import { type Format, type RenderOptions, renderers } from './renderers/index.ts';
import type { Report } from './report.ts';

const DEFAULTS: RenderOptions = { width: 100, color: 0, minSeverity: 'info' };

/** A report in one of its formats: uncoloured, 100 columns wide and with every finding unless told otherwise. */
export const render = (
  report: Report,
  format: Format,
  options: Partial<RenderOptions> = {},
): string => renderers[format](report, { ...DEFAULTS, ...options });
