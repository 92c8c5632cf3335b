import { type PlainColumn, plainTable } from '../../../report/renderers/plain-table.ts';
import { visible } from '../../../report/renderers/visible.ts';
import { counted, size } from '../../../report/renderers/words.ts';
import { shorten } from '../../../report/renderers/wrap.ts';
import type { TableStats } from '../../stats.ts';
import { cell, heading, prose, type Section } from './sheet.ts';

/** Columns of everything but the name. */
const FIGURES_COLUMNS = 70;

const COLUMNS: readonly PlainColumn[] = [
  { name: 'table' },
  ...['size', 'rows events', 'written', 'updated', 'deleted', 'statements'].map((name) => ({
    name,
    right: true as const,
  })),
];

const figures = ({ bytes, events, rows, statements }: Omit<TableStats, 'table'>): string[] => [
  bytes === 0 ? '' : size(bytes),
  cell(events),
  cell(rows.written),
  cell(rows.updated),
  cell(rows.deleted),
  cell(statements),
];

/** Which tables are written, the most first. */
export const tables: Section = (sheet) => {
  const { stats, top, width } = sheet;
  const shown = stats.tables.slice(0, top);
  if (shown.length === 0) return [];
  const room = Math.max(20, width - FIGURES_COLUMNS);
  const rows = shown.map((table) => [shorten(visible(table.table), room), ...figures(table)]);
  if (stats.otherTables !== null) rows.push(['(other tables)', ...figures(stats.otherTables)]);
  const more = stats.tables.length - shown.length;
  const isInside = shown.some(({ innerBytes }) => innerBytes > 0);
  return [
    ...heading(sheet, 'TABLES, by size of their rows events'),
    ...plainTable(COLUMNS, rows),
    ...(more > 0 ? prose(sheet, `… and ${counted(more, 'more table')}: --top, --format json`) : []),
    ...(isInside
      ? prose(sheet, 'Sizes inside compressed transactions are decompressed ones.')
      : []),
  ];
};
