import { type RenderOptions, renderers } from '../../../src/report/renderers/index.ts';
import type { Report } from '../../../src/report/report.ts';

/** The text report, 80 columns wide and without colour unless told otherwise. */
export const render = (report: Report, options: Partial<RenderOptions> = {}): string =>
  renderers.text(report, { width: 80, color: 0, minSeverity: 'info', ...options });

/** The lines from the one that begins with `title` to the next empty one that a heading follows. */
export const section = (text: string, title: string): string[] => {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith(title));
  if (start === -1) throw new Error(`no section ${title}`);
  const rest = lines.slice(start + 1);
  const end = rest.findIndex(
    (line, at) => line === '' && /^([A-Z]{4,}|Looked|judged|$)/.test(rest[at + 1] ?? ''),
  );
  return [lines[start] ?? '', ...rest.slice(0, end === -1 ? rest.length : end)];
};
