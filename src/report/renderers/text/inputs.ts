import Table from 'cli-table3';
import type { InputState, ReportInput } from '../../report.ts';
import { visible } from '../visible.ts';
import { heading, type Page, prose, type Section } from './page.ts';
import { count, counted, size } from './words.ts';
import { columns, shorten } from './wrap.ts';

interface Column {
  readonly name: string;
  readonly right?: true;
  cell(input: ReportInput): string;
}

/** Marks a file that was read because it lay beside an input. */
const BESIDE = '+';
const GAP = 2;
const PATH_COLUMNS = 24;

/** `2026-11-20 09:59:41 – 10:00:01`, the day once when both are of one day; or short, to the minute. */
const span = ({ first, last }: ReportInput, isShort: boolean): string => {
  if (first === null || last === null) return '';
  const day = (time: string) => time.slice(isShort ? 5 : 0, 10);
  const clock = (time: string) => time.slice(11, isShort ? 16 : 19);
  const isOneDay = first.slice(0, 10) === last.slice(0, 10);
  const end = isOneDay ? clock(last) : `${day(last)} ${clock(last)}`;
  return `${day(first)} ${clock(first)}${isShort ? '–' : ' – '}${end}`;
};

const server = ({ serverId, sourceServerId }: ReportInput): string =>
  [serverId === null ? '' : String(serverId), sourceServerId === null ? '' : `of ${sourceServerId}`]
    .filter((part) => part !== '')
    .join(' ');

const PATH: Column = {
  name: 'file',
  cell: (input) => `${input.path}${input.foundBeside ? ` ${BESIDE}` : ''}`,
};
const KIND: Column = { name: 'kind', cell: (input) => input.kind };
const SERVER: Column = { name: 'server', cell: server };
const VERSION: Column = {
  name: 'version',
  cell: (input) => shorten(visible(input.serverVersion ?? ''), 24),
};
const EVENTS: Column = {
  name: 'events',
  right: true,
  cell: (input) => (input.events === null ? '' : count(input.events)),
};
const SPAN: Column = { name: 'first – last (UTC)', cell: (input) => span(input, false) };
const SHORT_SPAN: Column = { name: 'first–last (UTC)', cell: (input) => span(input, true) };
const STATE: Column = { name: 'state', cell: (input) => input.state };

/** Widest first; the first that leaves the paths room is taken. */
const LAYOUTS: readonly (readonly Column[])[] = [
  [KIND, SERVER, VERSION, EVENTS, SPAN, STATE],
  [KIND, SERVER, EVENTS, SPAN, STATE],
  [KIND, SERVER, EVENTS, SHORT_SPAN, STATE],
  [KIND, SERVER, SHORT_SPAN, STATE],
  [KIND, SERVER, EVENTS, STATE],
  [KIND, SERVER, STATE],
  [KIND, STATE],
];

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

const table = (page: Page, entries: readonly ReportInput[]): string[] => {
  const wanted = Math.min(PATH_COLUMNS, natural(PATH, entries));
  const layout = LAYOUTS.find((columnSet) => others(columnSet, entries) + wanted <= page.width) ?? [
    KIND,
    STATE,
  ];
  const room = Math.max(12, page.width - others(layout, entries));
  const all = [PATH, ...layout];
  const out = new Table({
    head: all.map(({ name }) => name),
    colAligns: all.map(({ right }) => (right ? 'right' : 'left')),
    chars: {
      top: '',
      'top-mid': '',
      'top-left': '',
      'top-right': '',
      bottom: '',
      'bottom-mid': '',
      'bottom-left': '',
      'bottom-right': '',
      left: '',
      'left-mid': '',
      mid: '',
      'mid-mid': '',
      right: '',
      'right-mid': '',
      middle: '',
    },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': GAP },
  });
  for (const input of entries) {
    out.push(
      all.map((column) => {
        const cell = visible(column.cell(input));
        if (column === PATH) return shorten(cell, room);
        return column === STATE && isDamaged[input.state] ? page.paint.danger(cell) : cell;
      }),
    );
  }
  return out
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
};

/** The inputs as a table, with as many columns as the page has room for. */
export const inputs: Section = (page) => {
  const { inputs: entries, summary } = page.report;
  const totals = [
    counted(summary.inputs, 'file'),
    size(summary.bytes),
    counted(summary.events, 'event'),
  ];
  return [
    ...heading(page, `INPUTS: ${totals.join(', ')}`),
    ...(entries.length === 0 ? [] : table(page, entries)),
    ...entries
      .filter(({ badChecksums }) => (badChecksums ?? 0) > 0)
      .flatMap((input) =>
        prose(page, `${input.path}: ${counted(input.badChecksums ?? 0, 'bad checksum')}`),
      ),
    ...(entries.some(({ foundBeside }) => foundBeside)
      ? prose(page, `${BESIDE} not named, read because it lay beside an input`)
      : []),
    ...(summary.skipped > 0
      ? prose(page, `${counted(summary.skipped, 'file')} skipped: no replication evidence`)
      : []),
  ];
};
