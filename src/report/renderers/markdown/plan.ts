import { planBlock } from '../sql-block.ts';
import { findingNames, sentence } from '../words.ts';
import { fenced } from './code.ts';
import { prose } from './prose.ts';
import { blocks, RANK, type Section, stacked } from './sheet.ts';

/** The plan as one block that can be pasted, server by server: whole, or not at all. */
export const plan: Section = ({ report, sql }) => {
  const { plan: steps, planWithheld, findings } = report;
  if (steps.length === 0) {
    return planWithheld === null
      ? []
      : blocks(RANK.plan, stacked('## Plan: none', prose(sentence(planWithheld))));
  }
  const asides = findings.length < 2 ? () => '' : findingNames;
  const statements = planBlock(sql, steps, (step) => asides(report, step.findings));
  return [
    {
      rank: RANK.plan,
      text: stacked(
        '## Plan',
        'One step at a time; go on only while each check shows what it expects.',
        fenced('sql', statements),
      ),
      instead: stacked(
        '## Plan',
        'The plan is too long for a ticket, and half a plan does harm: take it from the text or the JSON report.',
      ),
    },
    ...blocks(RANK.plan, planWithheld === null ? '' : prose(`Not in the plan: ${planWithheld}`)),
  ];
};
