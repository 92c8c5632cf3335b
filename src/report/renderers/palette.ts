import { Chalk } from 'chalk';
import type { Severity } from '../../rules/finding.ts';
import type { ColorLevel } from './renderer.ts';

export type Paint = (text: string) => string;

/** What each kind of text looks like. Meaning is always in the words too. */
export interface Palette {
  readonly strong: Paint;
  readonly heading: Paint;
  /** Labels and SQL comments. */
  readonly quiet: Paint;
  /** What can be pasted. */
  readonly statement: Paint;
  readonly danger: Paint;
  readonly warning: Paint;
  readonly severity: Readonly<Record<Severity, Paint>>;
}

export const palette = (level: ColorLevel): Palette => {
  const chalk = new Chalk({ level });
  return {
    strong: (text) => chalk.bold(text),
    heading: (text) => chalk.bold.underline(text),
    quiet: (text) => chalk.dim(text),
    statement: (text) => chalk.cyan(text),
    danger: (text) => chalk.bold.red(text),
    warning: (text) => chalk.yellow(text),
    severity: {
      critical: (text) => chalk.bold.white.bgRed(text),
      high: (text) => chalk.bold.red(text),
      medium: (text) => chalk.bold.yellow(text),
      low: (text) => chalk.bold.blue(text),
      info: (text) => chalk.bold(text),
    },
  };
};
