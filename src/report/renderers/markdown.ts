import { context } from './markdown/context.ts';
import { findingTable } from './markdown/finding-table.ts';
import { findings } from './markdown/findings.ts';
import { fit } from './markdown/fit.ts';
import { footer } from './markdown/footer.ts';
import { inputs } from './markdown/inputs.ts';
import { outcomes } from './markdown/outcomes.ts';
import { plan } from './markdown/plan.ts';
import { problems } from './markdown/problems.ts';
import { servers } from './markdown/servers.ts';
import type { Section, Sheet } from './markdown/sheet.ts';
import { stopTheDamage, verdict } from './markdown/verdict.ts';
import { palette } from './palette.ts';
import { commonFolder } from './paths.ts';
import type { Renderer } from './renderer.ts';

/** In the order a reader of the ticket needs them. */
const SECTIONS: readonly Section[] = [
  verdict,
  stopTheDamage,
  findingTable,
  servers,
  plan,
  findings,
  context,
  outcomes,
  problems,
  inputs,
  footer,
];

/** Columns of the comments in a block of statements: fences are not wrapped, but scrolled. */
const SQL_COLUMNS = 100;

/** The report for a ticket on GitHub, GitLab or Jira: short enough for them, never coloured. */
export const markdown: Renderer = (report, { width, minSeverity }) => {
  const sheet: Sheet = {
    report,
    folder: commonFolder(report),
    minSeverity,
    sql: { width: Math.min(width, SQL_COLUMNS), paint: palette(0) },
  };
  return fit(SECTIONS.flatMap((section) => section(sheet)));
};
