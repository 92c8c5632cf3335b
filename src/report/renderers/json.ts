import type { Renderer } from './renderer.ts';
import { shownFindings } from './shown-findings.ts';
import { visibleJson } from './visible.ts';

/** The report itself, indented by two, with every character a terminal would obey escaped. */
export const json: Renderer = (report, { minSeverity }) =>
  `${visibleJson(JSON.stringify({ ...report, findings: shownFindings(report, minSeverity) }, null, 2))}\n`;
