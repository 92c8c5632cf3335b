import { type PlainColumn, plainTable } from '../../../report/renderers/plain-table.ts';
import { dayAndClock } from '../../../report/renderers/times.ts';
import { counted, size } from '../../../report/renderers/words.ts';
import { cell, heading, type Section } from './sheet.ts';

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;
const FULL = '█';
/** Columns of everything but the bars. */
const FIGURES_COLUMNS = 66;
const WIDEST_BAR = 40;

const COLUMNS: readonly PlainColumn[] = [
  { name: 'from (UTC)' },
  { name: 'events', right: true },
  { name: 'transactions', right: true },
  { name: 'rows', right: true },
  { name: 'size', right: true },
  { name: '' },
];

/** A bar of `part` of `whole`, in eighths of a column; what is not nothing has an eighth at least. */
const bar = (part: number, whole: number, width: number): string => {
  if (part === 0) return '';
  const eighths = Math.max(1, Math.round((part / whole) * width * 8));
  return FULL.repeat(eighths >> 3) + (EIGHTHS[eighths & 7] ?? '');
};

/** How much was written when, with a bar for the bytes. */
export const rate: Section = (sheet) => {
  const { bucketSeconds, buckets } = sheet.stats.rate;
  if (buckets.length < 2) return [];
  const most = Math.max(1, ...buckets.map(({ bytes }) => bytes));
  const width = Math.min(WIDEST_BAR, Math.max(10, sheet.width - FIGURES_COLUMNS));
  const rows = buckets.map(({ time, events, transactions, bytes, rows: changed }) => {
    const parts = dayAndClock(time);
    return [
      parts === null ? time : `${parts.day} ${parts.clock}`,
      cell(events),
      cell(transactions),
      cell(changed),
      bytes === 0 ? '' : size(bytes),
      bar(bytes, most, width),
    ];
  });
  return [
    ...heading(sheet, `RATE: a line for ${counted(bucketSeconds, 'second')}, the bars by size`),
    ...plainTable(COLUMNS, rows),
  ];
};
