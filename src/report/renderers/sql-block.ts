import type { Risk, Step } from '../../rules/finding.ts';
import type { Paint, Palette } from './palette.ts';
import { hasInvisible, visible } from './visible.ts';
import { columns, wrap } from './wrap.ts';

/** What statements and their comments are written on. */
export interface SqlSheet {
  /** Columns for comments; statements are never wrapped. */
  readonly width: number;
  readonly paint: Pick<Palette, 'strong' | 'quiet' | 'statement' | 'warning'>;
}

const SHELL = ', shell';

const RISK_WORDS: Readonly<Record<Risk, string>> = {
  none: 'no risk',
  reversible: 'reversible',
  'rewrites-position': 'REWRITES THE POSITION',
  'loses-data': 'LOSES DATA',
};

/** `server 12` of `server 12` and of `server 12, shell`. */
export const serverOf = (on: string): string =>
  on.endsWith(SHELL) ? on.slice(0, -SHELL.length) : on;

/** A statement as a client takes it: ended, so that the next one is not read into it. */
const ended = (run: string): string => (/(;|\\[gG])\s*$/.test(run) ? run : `${run};`);

/** Wrapped SQL comment lines: `first` leads the first one, as many blanks the others. */
const sqlComment = (sheet: SqlSheet, first: string, text: string, paint: Paint): string[] =>
  wrap(text, Math.max(20, sheet.width - 3 - first.length)).map((line, at) =>
    paint(`-- ${at === 0 ? first : ' '.repeat(first.length)}${line}`),
  );

/** `run` alone on its line and never wrapped, so that it can be pasted; behind a warning where it cannot. */
export const verbatim = (sheet: SqlSheet, run: string, before = ''): string[] => {
  if (!hasInvisible(run)) return [sheet.paint.statement(`${before}${run}`)];
  const warning =
    'NOT TO BE PASTED: holds characters that a terminal does not show. Take it from the JSON report:';
  return [
    ...wrap(warning, sheet.width - 2).map((line) => sheet.paint.warning(`# ${line}`)),
    sheet.paint.quiet(`# ${visible(run)}`),
  ];
};

/** A statement as a line of the SQL block; a shell command as a comment of it. */
export const sqlLines = (sheet: SqlSheet, on: string, run: string): string[] =>
  on.endsWith(SHELL) ? verbatim(sheet, run, '-- $ ') : verbatim(sheet, ended(run));

/** One thing to run below the words that announce it. */
export const stepLines = (
  sheet: SqlSheet,
  { on, run }: { readonly on: string; readonly run: string },
  words: string,
): string[] => [...sqlComment(sheet, '', words, sheet.paint.quiet), ...sqlLines(sheet, on, run)];

/** What a step is for and what it costs; a check begins with what to look for. */
const stepWords = ({ kind, risk, expect, because }: Step, aside = ''): string => {
  if (kind === 'check' && expect !== null) {
    return `check: ${expect} (${because}${aside && `; ${aside}`})`;
  }
  const name = kind === 'check' ? 'check' : `change, ${RISK_WORDS[risk]}`;
  return `${name}: ${because}${aside && ` (${aside})`}${expect === null ? '' : `; ${expect}`}`;
};

/** A step: `first` and its words as comments, and below them what to run. */
const oneStep = (sheet: SqlSheet, step: Step, first: string, words: string): string[] => {
  const { on, run, risk } = step;
  const { quiet, warning } = sheet.paint;
  const isLoud = risk === 'loses-data' || risk === 'rewrites-position';
  const lines = sqlComment(sheet, first, words, isLoud ? warning : quiet);
  if (on.endsWith(SHELL)) {
    lines.push(...sqlComment(sheet, '', `in the shell of ${serverOf(on)}'s host:`, warning));
  }
  lines.push(...sqlLines(sheet, on, run));
  return lines;
};

/** The plan as one block: numbered, with a header where the server changes. */
export const planBlock = <S extends Step>(
  sheet: SqlSheet,
  steps: readonly S[],
  asides: (step: S) => string,
): string[] => {
  const lines: string[] = [];
  let server = '';
  for (const [at, step] of steps.entries()) {
    if (server !== serverOf(step.on)) {
      server = serverOf(step.on);
      if (at > 0) lines.push('');
      lines.push(sheet.paint.strong(visible(`-- ===== ${server} =====`)));
    }
    lines.push(...oneStep(sheet, step, `${at + 1}. `, stepWords(step, asides(step))));
  }
  return lines;
};

/** The same without the reason of a check. */
const briefWords = (step: Step): string =>
  step.kind === 'check' && step.expect !== null ? `check: ${step.expect}` : stepWords(step);

/** Steps that are no part of the plan, closer together: the server in the words where it changes. */
export const briefBlock = (sheet: SqlSheet, steps: readonly Step[]): string[] =>
  steps.flatMap((step, at) => {
    const server = serverOf(step.on);
    const before = steps[at - 1];
    const isSame = before !== undefined && serverOf(before.on) === server;
    return oneStep(sheet, step, '', `${isSame ? '' : `on ${server}: `}${briefWords(step)}`);
  });

/** Statements on one line where they fit it and can be told apart, else a line each. */
export const statementLines = (sheet: SqlSheet, runs: readonly string[]): string[] => {
  const line = runs.map(ended).join(' ');
  const isOne = columns(line) <= sheet.width && !hasInvisible(line) && !line.includes('\\');
  return isOne ? verbatim(sheet, line) : runs.flatMap((run) => sqlLines(sheet, '', run));
};
