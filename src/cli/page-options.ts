import type { ColorLevel } from '../report/renderers/index.ts';
import { COLOR_CHOICES, type ColorChoice, colorLevel } from './color.ts';
import { choice, columns } from './option-values.ts';

/** Columns of a report that is not written to a terminal. */
export const PLAIN_WIDTH = 100;
const MIN_TERMINAL = 40;

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
    defaultDescription: `the terminal's, else ${PLAIN_WIDTH}`,
    requiresArg: true,
    coerce: columns,
  },
} as const;

/** Width and colours of stdout, as asked for or as it is. */
export const pageOf = (args: {
  readonly color: ColorChoice;
  readonly width?: number | undefined;
}): { readonly width: number; readonly color: ColorLevel } => {
  const { isTTY, columns: terminal } = process.stdout;
  const width = isTTY ? Math.max(MIN_TERMINAL, terminal || PLAIN_WIDTH) : PLAIN_WIDTH;
  return { width: args.width ?? width, color: colorLevel(args.color, process.env, isTTY) };
};
