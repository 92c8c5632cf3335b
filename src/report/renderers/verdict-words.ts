import type { Report } from '../report.ts';

/** Said below the verdict of a scan that was interrupted. */
export const INTERRUPTED_WORDS =
  'Interrupted: this report says what was known by then, and no more.';

/** Which step of the plan the statement that stops the damage is; empty when it is none. */
export const sameStep = ({ stopTheDamage, plan }: Report): string => {
  const at = plan.findIndex(({ on, run }) => on === stopTheDamage?.on && run === stopTheDamage.run);
  return at === -1 ? '' : `(= step ${at + 1} of the plan)`;
};
