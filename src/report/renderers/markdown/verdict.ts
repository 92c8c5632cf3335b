import { stepLines } from '../sql-block.ts';
import { INTERRUPTED_WORDS, sameStep } from '../verdict-words.ts';
import { fenced } from './code.ts';
import { prose } from './prose.ts';
import { blocks, RANK, type Section, stacked } from './sheet.ts';

/** The first line: what a person reads before anything else. */
export const verdict: Section = ({ report }) => {
  const words = prose(report.verdict);
  return blocks(
    RANK.verdict,
    words && `**${words}**`,
    report.summary.partial ? `**${INTERRUPTED_WORDS}**` : '',
  );
};

/** Where damage goes on: the one safe statement that ends it. */
export const stopTheDamage: Section = ({ report, sql }) => {
  const { stopTheDamage: stop } = report;
  if (stop === null) return [];
  const statement = fenced('sql', stepLines(sql, stop, `on ${stop.on}: ${stop.because}`));
  return [
    {
      rank: RANK.stop,
      text: stacked(`## Stop the damage first ${sameStep(report)}`.trimEnd(), statement),
      instead:
        '**Damage goes on. The statement that stops it is too long for a ticket: take it from the JSON report.**',
    },
  ];
};
