import type { Fix, Precondition } from '../../../rules/finding.ts';
import type { ReportFinding } from '../../report.ts';
import { inset, labelledProse, type Page } from './page.ts';
import { briefBlock, statementLines } from './steps.ts';
import { numberRanges } from './words.ts';

/** Columns that blocks to paste are moved in below a finding. */
const BLOCK = 4;

const STATE_WORDS: Readonly<Record<Precondition['state'], string>> = {
  met: 'met',
  unmet: 'UNMET',
  unknown: 'not known from these files',
};

/** Which steps of the plan mend this finding; the plan is printed once, above. */
const whereFixed = (page: Page, finding: ReportFinding, fix: Fix): string => {
  if (fix.withheld !== null) return `withheld: ${fix.withheld}`;
  const steps = page.report.plan
    .map((step, at) => (step.findings.includes(finding.fingerprint) ? at + 1 : null))
    .filter((n) => n !== null);
  if (steps.length === 0) return 'nothing to run in the plan';
  return `step${steps.length === 1 ? '' : 's'} ${numberRanges(steps)} of the plan`;
};

const preconditions = (page: Page, fix: Fix): string[] =>
  fix.preconditions.flatMap(({ text, state }) => {
    const lines = labelledProse(page, 'requires', `${text}: ${STATE_WORDS[state]}`);
    return state === 'met' ? lines : lines.map(page.paint.warning);
  });

const undo = (page: Page, { server }: ReportFinding, fix: Fix): string[] =>
  fix.undo.length === 0
    ? []
    : [
        ...labelledProse(page, 'undo', server === null ? 'with:' : `on server ${server}:`),
        ...inset(page, BLOCK, (inner) => statementLines(inner, fix.undo)),
      ];

const alternatives = (page: Page, fix: Fix): string[] =>
  fix.alternatives.flatMap(({ title, costs, steps }) => [
    ...labelledProse(page, 'or', `${title}. Costs: ${costs}`),
    ...inset(page, BLOCK, (inner) => briefBlock(inner, steps)),
  ]);

/** All that belongs to the way out but is no step of the plan. */
export const fixLines = (page: Page, finding: ReportFinding): string[] => {
  const { fix } = finding;
  if (fix === null) return [];
  return [
    ...labelledProse(page, 'fix', `${whereFixed(page, finding, fix)} (${fix.dialect})`),
    ...preconditions(page, fix),
    ...fix.sideEffects.flatMap((effect) => labelledProse(page, 'effect', effect)),
    ...undo(page, finding, fix),
    ...alternatives(page, fix),
  ];
};
