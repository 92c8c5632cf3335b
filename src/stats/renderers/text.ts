import { palette } from '../../report/renderers/palette.ts';
import { commonFolder } from '../../report/renderers/paths.ts';
import type { StatsRenderer } from './renderer.ts';
import { files } from './text/files.ts';
import { problems } from './text/problems.ts';
import { rate } from './text/rate.ts';
import type { Section, Sheet } from './text/sheet.ts';
import { tables } from './text/tables.ts';
import { largestTransactions, longestTransactions } from './text/transactions.ts';
import { types } from './text/types.ts';

const SECTIONS: readonly Section[] = [
  files,
  types,
  tables,
  largestTransactions,
  longestTransactions,
  rate,
  problems,
];

/** What fills the logs, for a terminal. */
export const text: StatsRenderer = (stats, { width, color, top }) => {
  const sheet: Sheet = {
    stats,
    width,
    top,
    folder: commonFolder({ inputs: stats.files }),
    paint: palette(color),
  };
  return `${SECTIONS.map((section) => section(sheet))
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
};
