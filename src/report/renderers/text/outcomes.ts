import { bringLines } from '../outcome-words.ts';
import { verbatim } from '../sql-block.ts';
import { listed } from '../words.ts';
import { heading, prose, type Section } from './page.ts';

/** What was not judged and what to bring for it, what failed, and what was judged and is clear. */
export const outcomes: Section = (page) => {
  const of = (status: string) =>
    page.report.outcomes.filter((outcome) => outcome.status === status);
  const lines: string[] = [];

  const failed = of('failed');
  if (failed.length > 0) {
    lines.push(...heading(page, 'FAILED (a fault of this tool, not of your servers)'));
    for (const { rule, error } of failed) {
      lines.push(...prose(page, `${rule}: ${error ?? 'no reason known'}`).map(page.paint.danger));
    }
  }

  const unassessed = of('not-assessed');
  if (unassessed.length > 0) {
    if (lines.length > 0) lines.push('');
    lines.push(...heading(page, 'NOT ASSESSED'));
    const byNeed = new Map<string, string[]>();
    for (const { rule, missing } of unassessed) {
      const need = missing.length === 0 ? 'no reason known' : `needs ${listed(missing)}`;
      byNeed.set(need, [...(byNeed.get(need) ?? []), rule]);
    }
    for (const [need, rules] of byNeed) lines.push(...prose(page, `${rules.join(', ')}: ${need}`));
    const bring = bringLines(unassessed);
    if (bring.length > 0) lines.push('Bring it with:');
    for (const command of bring) lines.push(...verbatim(page, command));
  }

  const clear = of('clear');
  if (clear.length > 0) {
    if (lines.length > 0) lines.push('');
    lines.push(...prose(page, `Looked at and clear: ${clear.map(({ rule }) => rule).join(', ')}.`));
  }
  return lines;
};
