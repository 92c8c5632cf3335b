import type { ColorLevel } from '../report/renderers/index.ts';
import { COLOR_CHOICES, type ColorChoice, colorLevel } from './color.ts';
import { choice, columns } from './option-values.ts';

/** Columns of a report that is not written to a terminal. */
export const PLAIN_WIDTH = 100;
const MIN_TERMINAL = 40;
const MAX_WIDTH = 1000;

/** `--color` alone means always, `--no-color` never. */
const colorChoice = (value: unknown): ColorChoice =>
  choice('color', COLOR_CHOICES)(value === false ? 'never' : value === '' ? 'always' : value);

/** How a report on stdout looks. */
export const pageOptions = {
  color: {
    describe: 'colours on stdout; auto heeds NO_COLOR, FORCE_COLOR and whether it is a terminal',
    choices: COLOR_CHOICES,
    type: 'string',
    default: 'auto',
    coerce: colorChoice,
  },
  width: {
    describe: 'columns of the text report; prose takes 100 at most',
    defaultDescription: `the terminal's, else COLUMNS, else ${PLAIN_WIDTH}`,
    requiresArg: true,
    coerce: columns,
  },
} as const;

/** What the environment wants: nothing but a number that makes sense. */
const wantedColumns = ({ COLUMNS }: NodeJS.ProcessEnv): number => {
  const wanted = /^\d{1,4}$/.test(COLUMNS ?? '') ? Number(COLUMNS) : 0;
  return wanted >= MIN_TERMINAL && wanted <= MAX_WIDTH ? wanted : PLAIN_WIDTH;
};

/** Width and colours of stdout, as asked for or as it is. */
export const pageOf = (args: {
  readonly color: ColorChoice;
  readonly width?: number | undefined;
}): { readonly width: number; readonly color: ColorLevel } => {
  const { isTTY, columns: terminal } = process.stdout;
  const width = isTTY && terminal ? Math.max(MIN_TERMINAL, terminal) : wantedColumns(process.env);
  return { width: args.width ?? width, color: colorLevel(args.color, process.env, isTTY) };
};
