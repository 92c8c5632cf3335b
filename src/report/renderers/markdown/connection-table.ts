import type { ReportContext } from '../../report.ts';
import { type ConnectionList, connectionsOf, timesLegend } from '../connections.ts';
import { shortPath } from '../paths.ts';
import { count, counted } from '../words.ts';
import { code } from './code.ts';
import { cell, prose } from './prose.ts';
import { type Block, folded, RANK, type Sheet } from './sheet.ts';

/** Connections shown, and where there is not room for them; the JSON has more. */
const ROWS = 50;
const FEW_ROWS = 5;

const HEAD = [
  '| relay log | asked for | by | before | after | gap | what |',
  '| --- | --- | --- | --- | --- | --: | --- |',
];

const table = (sheet: Sheet, { facts }: ReportContext, list: ConnectionList): string => {
  const total = list.rows.length + list.more;
  const rows = list.rows.map((row) => {
    const cells = [
      code(shortPath(sheet, row.path)),
      code(row.asked),
      prose(row.mode),
      row.before,
      row.after,
      row.gap,
      prose(row.what),
    ];
    return `| ${cells.map(cell).join(' | ')} |`;
  });
  return folded(
    `Connections${typeof facts['server'] === 'number' ? ` of server ${facts['server']}` : ''}, by the relay logs that they began: ${counted(total, 'relay log')}`,
    [...HEAD, ...rows].join('\n'),
    timesLegend(list),
    list.more > 0 ? `… and ${count(list.more)} more, in the JSON report.` : '',
  );
};

/** The connections of a channel, folded; none for any other context. */
export const connectionTable = (sheet: Sheet, entry: ReportContext): Block[] => {
  const [all, few] = [ROWS, FEW_ROWS].map((limit) => connectionsOf(entry, limit));
  if (!all || !few) return [];
  return [
    { rank: RANK.evidence, text: table(sheet, entry, all), shorter: table(sheet, entry, few) },
  ];
};
