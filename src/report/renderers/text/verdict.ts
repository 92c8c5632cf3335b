import { prose, type Section } from './page.ts';
import { stepLines } from './steps.ts';

/** The first line: what a person on call reads before anything else. */
export const verdict: Section = (page) => [
  ...prose(page, page.report.verdict).map(page.paint.strong),
  ...(page.report.summary.partial
    ? prose(page, 'Interrupted: this report says what was known by then, and no more.').map(
        page.paint.warning,
      )
    : []),
];

/** Where damage goes on: the one safe statement that ends it. */
export const stopTheDamage: Section = (page) => {
  const stop = page.report.stopTheDamage;
  if (stop === null) return [];
  return [
    page.paint.danger('STOP THE DAMAGE FIRST'),
    ...stepLines(page, stop, `on ${stop.on}: ${stop.because}`),
  ];
};
