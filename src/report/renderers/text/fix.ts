import type { Fix } from '../../../rules/finding.ts';
import type { ReportFinding } from '../../report.ts';
import { STATE_WORDS, sameRepair, whereFixed, whereUndone } from '../fix-words.ts';
import { briefBlock, statementLines } from '../sql-block.ts';
import { inset, labelledProse, type Page } from './page.ts';

/** Columns that blocks to paste are moved in below a finding. */
const BLOCK = 4;

const preconditions = (page: Page, fix: Fix): string[] =>
  fix.preconditions.flatMap(({ text, state }) => {
    const lines = labelledProse(page, 'requires', `${text}: ${STATE_WORDS[state]}`);
    return state === 'met' ? lines : lines.map(page.paint.warning);
  });

const undo = (page: Page, finding: ReportFinding, fix: Fix): string[] =>
  fix.undo.length === 0
    ? []
    : [
        ...labelledProse(page, 'undo', whereUndone(finding)),
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
  const where = whereFixed(page.report, finding, fix);
  const same = sameRepair(page.report, finding, page.minSeverity);
  if (same !== null)
    return labelledProse(page, 'fix', `${where}; requires and effects: as for ${same}`);
  return [
    ...labelledProse(page, 'fix', where),
    ...preconditions(page, fix),
    ...fix.sideEffects.flatMap((effect) => labelledProse(page, 'effect', effect)),
    ...undo(page, finding, fix),
    ...alternatives(page, fix),
  ];
};
