import { palette } from './palette.ts';
import { commonFolder } from './paths.ts';
import type { Renderer } from './renderer.ts';
import { context } from './text/context.ts';
import { findings } from './text/findings.ts';
import { footer } from './text/footer.ts';
import { inputs } from './text/inputs.ts';
import { outcomes } from './text/outcomes.ts';
import { type Page, PROSE_COLUMNS, type Section } from './text/page.ts';
import { plan } from './text/plan.ts';
import { problems } from './text/problems.ts';
import { servers } from './text/servers.ts';
import { stopTheDamage, verdict } from './text/verdict.ts';

/** In the order a person on call needs them. */
const SECTIONS: readonly Section[] = [
  verdict,
  stopTheDamage,
  servers,
  plan,
  findings,
  context,
  outcomes,
  problems,
  inputs,
  footer,
];

/** The report for a terminal. */
export const text: Renderer = (report, { width, color, minSeverity }) => {
  const page: Page = {
    report,
    width: Math.min(width, PROSE_COLUMNS),
    fullWidth: width,
    folder: commonFolder(report),
    minSeverity,
    paint: palette(color),
  };
  return `${SECTIONS.map((section) => section(page))
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
};
