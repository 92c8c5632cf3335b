import type { ReportContext } from '../../report.ts';
import { type ConnectionWords, connectionsOf, timesLegend } from '../connections.ts';
import { shortPath } from '../paths.ts';
import { COLUMN_GAP, plainTable } from '../plain-table.ts';
import { visible } from '../visible.ts';
import { count } from '../words.ts';
import { columns } from '../wrap.ts';
import { columnsBehind, type Page, prose } from './page.ts';

/** Connections shown; the JSON has more. */
const ROWS = 20;

interface Column {
  readonly name: string;
  readonly right?: true;
  readonly cell: (row: ConnectionWords) => string;
}

/** From all columns to the fewest: the first set that fits is taken. */
const columnSets = (page: Page): readonly (readonly Column[])[] => {
  const log: Column = { name: 'relay log', cell: ({ path }) => shortPath(page, path) };
  const asked: Column = { name: 'asked for', cell: (row) => row.asked };
  const mode: Column = { name: 'by', cell: (row) => row.mode };
  const before: Column = { name: 'before', cell: (row) => row.before };
  const after: Column = { name: 'after', cell: (row) => row.after };
  const silence: Column = { name: 'gap', right: true, cell: ({ gap }) => gap };
  const cause: Column = { name: 'what', cell: ({ what }) => what };
  return [
    [log, asked, mode, before, after, silence, cause],
    [log, asked, before, after, silence, cause],
    [log, asked, before, after, cause],
    [log, before, after, cause],
    [log, cause],
  ];
};

/** The connections of a channel, one a line, as far as there is room; empty for any other context. */
export const connectionTable = (page: Page, entry: ReportContext): string[] => {
  const list = connectionsOf(entry, ROWS);
  if (list === null) return [];
  const width = (set: readonly Column[]): number =>
    set.reduce(
      (sum, { name, cell }) =>
        sum +
        COLUMN_GAP +
        Math.max(name.length, ...list.rows.map((row) => columns(visible(cell(row))))),
      -COLUMN_GAP,
    );
  const sets = columnSets(page);
  const set = sets.find((one) => width(one) <= columnsBehind(page, 0)) ?? sets.at(-1) ?? [];
  return [
    ...plainTable(
      set,
      list.rows.map((row) => set.map(({ cell }) => visible(cell(row)))),
    ),
    ...prose(page, timesLegend(list)).filter(Boolean),
    ...(list.more > 0 ? prose(page, `… and ${count(list.more)} more, in the JSON report`) : []),
  ];
};
