import type { InputState, ReportInput } from '../../report.ts';
import { BESIDE, serverOfInput } from '../input-words.ts';
import { shortPath } from '../paths.ts';
import { dayAndClock, moment, momentAfter } from '../times.ts';
import { visible } from '../visible.ts';
import { count } from '../words.ts';
import { columns, shorten } from '../wrap.ts';
import type { Page } from './page.ts';
import { GAP, plainTable } from './plain-table.ts';

interface Column {
  readonly name: string;
  readonly right?: true;
  cell(input: ReportInput): string;
}

/** Columns that paths get before the last layout is tried. */
const PATH_COLUMNS = 32;

/** `09:59:41 – 10:00:01`, or `09:59:41` when both are one; with the days unless `isOneDay`. */
const span = ({ first, last }: ReportInput, isOneDay: boolean): string => {
  if (first === null || last === null) return '';
  const begin = isOneDay ? momentAfter(first, first) : moment(first).replace(/ UTC$/, '');
  return first === last ? begin : `${begin} – ${momentAfter(last, first).replace(/ UTC$/, '')}`;
};

/** The same to the minute and without the year. */
const shortSpan = (input: ReportInput, isOneDay: boolean): string =>
  span(input, isOneDay)
    .replaceAll(/(:\d\d):\d\d/g, '$1')
    .replaceAll(/\d{4}-(?=\d\d-)/g, '')
    .replace(' – ', '–')
    .replace(/^(.+)–\1$/, '$1');

const KIND: Column = { name: 'kind', cell: (input) => input.kind };
const SERVER: Column = { name: 'server', cell: serverOfInput };
const VERSION: Column = {
  name: 'version',
  cell: (input) => shorten(visible(input.serverVersion ?? ''), 24),
};
const EVENTS: Column = {
  name: 'events',
  right: true,
  cell: (input) => (input.events === null ? '' : count(input.events)),
};
const STATE: Column = { name: 'state', cell: (input) => input.state };

/** The columns of times: the day stands in the title when there is only one. */
const timeColumns = (entries: readonly ReportInput[]): readonly [Column, Column] => {
  const days = entries.flatMap(({ first, last }) =>
    [first, last].flatMap((time) => (time === null ? [] : (dayAndClock(time)?.day ?? ''))),
  );
  const [day] = days;
  const isOneDay = Boolean(day) && days.every((other) => other === day);
  const name = isOneDay ? `${day} (UTC)` : 'first – last (UTC)';
  return [
    { name, cell: (input) => span(input, isOneDay) },
    { name, cell: (input) => shortSpan(input, isOneDay) },
  ];
};

/** Widest first; the first that leaves the paths room is taken. */
const layouts = (entries: readonly ReportInput[]): readonly (readonly Column[])[] => {
  const [SPAN, SHORT_SPAN] = timeColumns(entries);
  return [
    [KIND, SERVER, VERSION, EVENTS, SPAN, STATE],
    [KIND, SERVER, EVENTS, SPAN, STATE],
    [KIND, SERVER, SPAN, STATE],
    [KIND, SERVER, EVENTS, SHORT_SPAN, STATE],
    [KIND, SERVER, SHORT_SPAN, STATE],
    [KIND, SERVER, EVENTS, STATE],
    [KIND, SERVER, STATE],
    [KIND, STATE],
  ];
};

const natural = (column: Column, entries: readonly ReportInput[]): number =>
  Math.max(columns(column.name), ...entries.map((entry) => columns(visible(column.cell(entry)))));

const others = (layout: readonly Column[], entries: readonly ReportInput[]): number =>
  layout.reduce((sum, column) => sum + natural(column, entries) + GAP, 0);

const isDamaged: Readonly<Record<InputState, boolean>> = {
  complete: false,
  open: false,
  truncated: true,
  corrupt: true,
  encrypted: true,
  unreadable: true,
};

/** The entries as a table, with as many columns as the page has room for. */
export const inputTable = (page: Page, entries: readonly ReportInput[]): string[] => {
  const path: Column = {
    name: 'file',
    cell: (input) => `${shortPath(page, input.path)}${input.foundBeside ? BESIDE : ''}`,
  };
  const wanted = Math.min(PATH_COLUMNS, natural(path, entries));
  const layout = layouts(entries).find(
    (columnSet) => others(columnSet, entries) + wanted <= page.fullWidth,
  ) ?? [KIND, STATE];
  const room = Math.max(12, page.fullWidth - others(layout, entries));
  const all = [path, ...layout];
  return plainTable(
    all,
    entries.map((input) =>
      all.map((column) => {
        const cell = visible(column.cell(input));
        if (column === path) return shorten(cell, room);
        return column === STATE && isDamaged[input.state] ? page.paint.danger(cell) : cell;
      }),
    ),
  );
};
