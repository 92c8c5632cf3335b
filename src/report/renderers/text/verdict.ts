import { stepLines } from '../sql-block.ts';
import { INTERRUPTED_WORDS, sameStep } from '../verdict-words.ts';
import { lead, prose, type Section } from './page.ts';

/** The first line: what a person on call reads before anything else. */
export const verdict: Section = (page) => [
  ...prose(page, page.report.verdict).map(page.paint.strong),
  ...(page.report.summary.partial ? prose(page, INTERRUPTED_WORDS).map(page.paint.warning) : []),
];

/** Where damage goes on: the one safe statement that ends it. */
export const stopTheDamage: Section = (page) => {
  const { stopTheDamage: stop } = page.report;
  if (stop === null) return [];
  return [
    ...lead(page, 'STOP THE DAMAGE FIRST', sameStep(page.report), page.paint.danger),
    ...stepLines(page, stop, `on ${stop.on}: ${stop.because}`),
  ];
};
