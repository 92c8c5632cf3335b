import type { Fix, Precondition } from '../../../rules/finding.ts';
import type { ReportFinding } from '../../report.ts';
import { STATE_WORDS, sameRepair, whereFixed, whereUndone } from '../fix-words.ts';
import { briefBlock, statementLines } from '../sql-block.ts';
import { fenced } from './code.ts';
import { prose } from './prose.ts';
import { type Block, blocks, named, RANK, type Sheet, stacked } from './sheet.ts';

const precondition = ({ text, state }: Precondition): string => {
  const words = STATE_WORDS[state];
  return `${prose(text)}: ${state === 'met' ? words : `**${words}**`}`;
};

const undo = ({ sql }: Sheet, finding: ReportFinding, fix: Fix): string =>
  fix.undo.length === 0
    ? ''
    : stacked(`**Undo** ${whereUndone(finding)}`, fenced('sql', statementLines(sql, fix.undo)));

const alternatives = ({ sql }: Sheet, fix: Fix): string[] =>
  fix.alternatives.map(({ title, costs, steps }) =>
    stacked(
      `**Or:** ${prose(`${title}. Costs: ${costs}`)}`,
      steps.length === 0 ? '' : fenced('sql', briefBlock(sql, steps)),
    ),
  );

/** All that belongs to the way out but is no step of the plan. */
export const fixBlocks = (sheet: Sheet, finding: ReportFinding): Block[] => {
  const { fix } = finding;
  if (fix === null) return [];
  const same = sameRepair(sheet.report, finding, sheet.minSeverity);
  const where = prose(whereFixed(sheet.report, finding, fix));
  if (same !== null)
    return blocks(RANK.fix, `**Fix:** ${where}; requires and effects: as for ${same}`);
  return blocks(
    RANK.fix,
    stacked(
      `**Fix:** ${where}`,
      named('Requires', fix.preconditions.map(precondition)),
      named(
        'Side effects',
        fix.sideEffects.map((effect) => prose(effect)),
      ),
    ),
    undo(sheet, finding, fix),
    ...alternatives(sheet, fix),
  );
};
