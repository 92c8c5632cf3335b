import type { Risk, Step } from '../../../rules/finding.ts';
import { hasInvisible, visible } from '../visible.ts';
import type { Page } from './page.ts';
import type { Paint } from './palette.ts';
import { wrap } from './wrap.ts';

const SHELL = ', shell';

const RISK_WORDS: Readonly<Record<Risk, string>> = {
  none: 'no risk',
  reversible: 'reversible',
  'rewrites-position': 'REWRITES THE POSITION',
  'loses-data': 'LOSES DATA',
};

/** `server 12` of `server 12` and of `server 12, shell`. */
export const serverOf = (on: string): string => on.split(SHELL, 1)[0] ?? on;

/** A statement as a client takes it: ended, so that the next one is not read into it. */
const ended = (run: string): string => (/(;|\\[gG])\s*$/.test(run) ? run : `${run};`);

/** Wrapped SQL comment lines: `first` leads the first one, as many blanks the others. */
const sqlComment = (page: Page, first: string, text: string, paint: Paint): string[] =>
  wrap(text, Math.max(20, page.width - 3 - first.length)).map((line, at) =>
    paint(`-- ${at === 0 ? first : ' '.repeat(first.length)}${line}`),
  );

/** `run` alone on its line and never wrapped, so that it can be pasted; behind a warning where it cannot. */
export const verbatim = (page: Page, run: string, before = ''): string[] => {
  if (!hasInvisible(run)) return [page.paint.statement(`${before}${run}`)];
  const warning =
    'NOT TO BE PASTED: holds characters that a terminal does not show. Take it from the JSON report:';
  return [
    ...wrap(warning, page.width - 2).map((line) => page.paint.warning(`# ${line}`)),
    page.paint.quiet(`# ${visible(run)}`),
  ];
};

/** A statement as a line of the SQL block; a shell command as a comment of it. */
export const sqlLines = (page: Page, on: string, run: string): string[] =>
  on.includes(SHELL) ? verbatim(page, run, '-- $ ') : verbatim(page, ended(run));

/** One thing to run below the words that announce it. */
export const stepLines = (
  page: Page,
  { on, run }: { readonly on: string; readonly run: string },
  words: string,
): string[] => [...sqlComment(page, '', words, page.paint.quiet), ...sqlLines(page, on, run)];

/** The steps as one block: risk and reason above each statement, a header where the server changes. */
export const stepBlock = <S extends Step>(
  page: Page,
  steps: readonly S[],
  asides: (step: S) => string = () => '',
): string[] => {
  const lines: string[] = [];
  let server = '';
  for (const [at, step] of steps.entries()) {
    if (server !== serverOf(step.on)) {
      server = serverOf(step.on);
      if (at > 0) lines.push('');
      lines.push(page.paint.strong(visible(`-- ===== ${server} =====`)));
    }
    const kind = step.kind === 'check' ? 'check' : `change, ${RISK_WORDS[step.risk]}`;
    const where = step.on.includes(SHELL) ? `in the shell of ${server}` : `on ${server}`;
    const aside = asides(step);
    const loud = step.risk === 'loses-data' || step.risk === 'rewrites-position';
    const words = `${where}: ${kind}: ${step.because}${aside && ` (${aside})`}`;
    const number = `${at + 1}. `;
    const paint = loud ? page.paint.warning : page.paint.quiet;
    lines.push(...sqlComment(page, number, words, paint));
    if (step.expect !== null) {
      const first = `${' '.repeat(number.length)}expect: `;
      lines.push(...sqlComment(page, first, step.expect, page.paint.quiet));
    }
    lines.push(...sqlLines(page, step.on, step.run));
  }
  return lines;
};
