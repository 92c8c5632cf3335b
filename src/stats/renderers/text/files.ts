import { shortPath } from '../../../report/renderers/paths.ts';
import { COLUMN_GAP, type PlainColumn, plainTable } from '../../../report/renderers/plain-table.ts';
import { dayAndClock } from '../../../report/renderers/times.ts';
import { visible } from '../../../report/renderers/visible.ts';
import { count, counted, size } from '../../../report/renderers/words.ts';
import { columns, shorten } from '../../../report/renderers/wrap.ts';
import type { FileStats, GtidRange } from '../../stats.ts';
import { cell, heading, prose, rowsIn, type Section, type Sheet } from './sheet.ts';

/** Columns that a path gets at least. */
const PATH_COLUMNS = 12;
/** Writers of transactions that are named. */
const GTIDS_NAMED = 5;

/** The one day of all times, null where there are several. */
const onlyDay = (files: readonly FileStats[]): string | null => {
  const days = new Set(
    files.flatMap(({ first, last }) => [first, last].map((time) => time?.slice(0, 10))),
  );
  days.delete(undefined);
  return days.size === 1 ? ([...days][0] ?? null) : null;
};

/** `10:17:26 – 10:19:01`; with the days, without their year, where there are several. */
const span = ({ first, last }: FileStats, day: string | null): string => {
  const shown = (time: string | null): string => {
    const parts = time === null ? null : dayAndClock(time);
    if (parts === null) return '';
    return day === null ? `${parts.day.slice(5)} ${parts.clock}` : parts.clock;
  };
  return first === last ? shown(first) : `${shown(first)} – ${shown(last)}`;
};

const FIGURES: readonly PlainColumn[] = ['size', 'events', 'transactions', 'rows'].map((name) => ({
  name,
  right: true,
}));

const figures = (file: FileStats, day: string | null): string[] => [
  file.bytes === null ? '' : size(file.bytes),
  cell(file.events),
  cell(file.transactions),
  cell(rowsIn(file.rows)),
  span(file, day),
];

const fileTable = (sheet: Sheet): string[] => {
  const { files } = sheet.stats;
  const day = onlyDay(files);
  const rest = files.map((file) => figures(file, day));
  const others: readonly PlainColumn[] = [
    ...FIGURES,
    { name: day === null ? 'first – last (UTC)' : `${day} (UTC)` },
  ];
  const taken = others.reduce((sum, { name }, at) => {
    const widest = Math.max(columns(name), ...rest.map((cells) => columns(cells[at] ?? '')));
    return sum + widest + COLUMN_GAP;
  }, 0);
  const room = Math.max(PATH_COLUMNS, sheet.width - taken);
  const path = (file: FileStats): string => shorten(visible(shortPath(sheet, file.path)), room);
  return plainTable(
    [{ name: 'file' }, ...others],
    files.map((file, at) => [path(file), ...(rest[at] ?? [])]),
  );
};

/** `0-11-5 to 52 (48)`: the smallest and the largest number, and how many there are. */
const gtidText = ({ source, first, last, transactions }: GtidRange): string =>
  first === last ? first : `${first} to ${last.slice(source.length + 1)} (${count(transactions)})`;

/** What a table has no room for. */
const notes = (file: FileStats): string[] => {
  const { serverIds, otherServerIds, gtids, otherGtids, damage } = file;
  const servers = serverIds.map(({ serverId, events }) => `${serverId} (${count(events)})`);
  if (otherServerIds.events > 0) servers.push(`others (${count(otherServerIds.events)})`);
  const named = gtids.slice(0, GTIDS_NAMED).map(gtidText);
  const more = gtids.length - named.length;
  if (more > 0 || otherGtids > 0) named.push('and more');
  return [
    ...(file.kind === null ? ['no event could be read'] : []),
    ...(servers.length > 0 ? [`events by server id: ${servers.join(', ')}`] : []),
    ...(named.length > 0 ? [`GTIDs ${named.join(', ')}`] : []),
    ...(file.innerEvents > 0
      ? [`${counted(file.innerEvents, 'event')} inside compressed transactions`]
      : []),
    ...(damage.places > 0
      ? [`DAMAGED: ${counted(damage.places, 'place')}, ${counted(damage.bytes, 'byte')} not used`]
      : []),
    ...(file.malformedEvents > 0 ? [`${counted(file.malformedEvents, 'malformed event')}`] : []),
    ...(file.uncountedRowsEvents > 0
      ? [`rows not all counted in ${counted(file.uncountedRowsEvents, 'event')}`]
      : []),
  ];
};

/** The logs, a line each, and what is worth saying of each. */
export const files: Section = (sheet) => {
  const { total } = sheet.stats;
  const sums = [
    counted(total.files, 'log'),
    ...(total.bytes === null ? [] : [size(total.bytes)]),
    counted(total.events, 'event'),
    counted(total.transactions, 'transaction'),
    counted(total.statements, 'statement'),
    `rows: ${count(total.rows.written)} written, ${count(total.rows.updated)} updated, ${count(total.rows.deleted)} deleted`,
  ];
  const lines = heading(sheet, `LOGS: ${sums.join(', ')}`);
  if (sheet.stats.files.length === 0) return lines;
  return [
    ...lines,
    ...(sheet.folder === '' ? [] : prose(sheet, `paths below ${sheet.folder}`)),
    ...fileTable(sheet),
    ...sheet.stats.files.flatMap((file) => {
      const said = notes(file);
      if (said.length === 0) return [];
      return prose(sheet, `${shortPath(sheet, file.path)}: ${said.join('; ')}`);
    }),
  ];
};
