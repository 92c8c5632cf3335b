import type { ColorLevel } from '../report/renderers/index.ts';

export const COLOR_CHOICES = ['auto', 'always', 'never'] as const;
export type ColorChoice = (typeof COLOR_CHOICES)[number];

/** `FORCE_COLOR=2` is a level, `0` and `false` are none, anything else is plain colour. */
const forced = (value: string): ColorLevel => {
  if (value === '0' || value === 'false') return 0;
  return value === '2' ? 2 : value === '3' ? 3 : 1;
};

/**
 * How many colours the report on stdout may use: what `--color` says, else none under `NO_COLOR`,
 * else what `FORCE_COLOR` says, else colour on a terminal that has any. Decided here and nowhere else.
 */
export const colorLevel = (
  choice: ColorChoice,
  env: Readonly<Record<string, string | undefined>>,
  isTTY: boolean,
): ColorLevel => {
  if (choice !== 'auto') return choice === 'always' ? 1 : 0;
  const { NO_COLOR, FORCE_COLOR, TERM } = env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return 0;
  if (FORCE_COLOR !== undefined) return forced(FORCE_COLOR);
  return isTTY && TERM !== 'dumb' ? 1 : 0;
};
