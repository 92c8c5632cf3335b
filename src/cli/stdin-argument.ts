const DASH = '-';
const DEVICE = '/dev/stdin';

/** yargs loses a lone `-` among positional arguments: it goes in by its other name. */
export const withoutDash = (argv: readonly string[]): string[] =>
  argv.map((argument) => (argument === DASH ? DEVICE : argument));

/** Standard input is `-` from here on, whichever name it was given by. */
export const withDash = (paths: readonly string[]): string[] =>
  paths.map((path) => (path === DEVICE ? DASH : path));
