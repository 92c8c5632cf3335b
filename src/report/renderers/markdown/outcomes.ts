import type { ReportOutcome } from '../../report.ts';
import { bringLines } from '../outcome-words.ts';
import { verbatim } from '../sql-block.ts';
import { listed } from '../words.ts';
import { code, fenced } from './code.ts';
import { prose } from './prose.ts';
import { blocks, bullets, RANK, type Section, type Sheet, stacked } from './sheet.ts';

const notAssessed = ({ sql }: Sheet, outcomes: readonly ReportOutcome[]): string => {
  if (outcomes.length === 0) return '';
  const bring = bringLines(outcomes);
  return stacked(
    '## Not assessed',
    bullets(
      outcomes.map(({ rule, missing }) =>
        missing.length === 0 ? code(rule) : `${code(rule)}: needs ${prose(listed(missing))}`,
      ),
    ),
    bring.length === 0
      ? ''
      : stacked(
          'Bring it with:',
          fenced(
            'sh',
            bring.flatMap((command) => verbatim(sql, command)),
          ),
        ),
  );
};

/** What failed, what was not judged and what to bring for it, and what was judged and is clear. */
export const outcomes: Section = (sheet) => {
  const of = (status: ReportOutcome['status']) =>
    sheet.report.outcomes.filter((outcome) => outcome.status === status);
  const failed = of('failed').map(
    ({ rule, error }) => `${code(rule)}: ${prose(error ?? 'no reason known')}`,
  );
  const clear = of('clear').map(({ rule }) => code(rule));
  return blocks(
    RANK.outcomes,
    failed.length === 0
      ? ''
      : stacked('## Failed (a fault of this tool, not of your servers)', bullets(failed)),
    notAssessed(sheet, of('not-assessed')),
    clear.length === 0 ? '' : `Looked at and clear: ${clear.join(', ')}.`,
  );
};
