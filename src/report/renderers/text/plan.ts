import { planBlock } from '../sql-block.ts';
import { findingNames, sentence } from '../words.ts';
import { heading, lead, prose, type Section } from './page.ts';

/** The plan as a block that can be pasted, server by server. */
export const plan: Section = (page) => {
  const { plan: steps, planWithheld, findings } = page.report;
  if (steps.length === 0) {
    return planWithheld === null
      ? []
      : lead(page, 'PLAN: none.', sentence(planWithheld), page.paint.heading);
  }
  const asides = findings.length < 2 ? () => '' : findingNames;
  return [
    ...heading(page, 'PLAN: one step at a time; go on only while each check shows what it expects'),
    ...planBlock(page, steps, (step) => asides(page.report, step.findings)),
    ...(planWithheld === null ? [] : ['', ...prose(page, `Not in the plan: ${planWithheld}`)]),
  ];
};
