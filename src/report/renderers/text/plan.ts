import { heading, prose, type Section } from './page.ts';
import { stepBlock } from './steps.ts';
import { findingNames } from './words.ts';

/** The plan as a block that can be pasted, server by server. */
export const plan: Section = (page) => {
  const { plan: steps, planWithheld } = page.report;
  if (steps.length === 0 && planWithheld === null) return [];
  const withheld =
    planWithheld === null
      ? []
      : prose(
          page,
          steps.length === 0 ? `No plan: ${planWithheld}` : `Not all of it: ${planWithheld}`,
        );
  const block =
    steps.length === 0
      ? []
      : ['', ...stepBlock(page, steps, (step) => findingNames(page.report, step.findings))];
  return [
    ...heading(page, steps.length === 0 ? 'PLAN' : 'PLAN, in this order'),
    ...withheld,
    ...block,
  ];
};
