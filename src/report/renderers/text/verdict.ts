import { lead, prose, type Section } from './page.ts';
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
  const { stopTheDamage: stop, plan } = page.report;
  if (stop === null) return [];
  const step = plan.findIndex(({ on, run }) => on === stop.on && run === stop.run);
  const same = step === -1 ? '' : `(= step ${step + 1} of the plan)`;
  return [
    ...lead(page, 'STOP THE DAMAGE FIRST', same, page.paint.danger),
    ...stepLines(page, stop, `on ${stop.on}: ${stop.because}`),
  ];
};
