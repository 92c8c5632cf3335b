import type { ReportContext } from '../../report.ts';
import { shortPath } from '../paths.ts';
import { COLUMN_GAP, plainTable } from '../plain-table.ts';
import { dayAndClock } from '../times.ts';
import { visible } from '../visible.ts';
import { count } from '../words.ts';
import { columns } from '../wrap.ts';
import { columnsBehind, type Page } from './page.ts';

/** Connections shown; the JSON has more. */
const ROWS = 20;

type Entry = Readonly<Record<string, unknown>>;

interface Column {
  readonly name: string;
  readonly right?: true;
  readonly cell: (entry: Entry) => string;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** `10:24:14`, or with the day in front where the table has several. */
const time = (value: unknown, isOneDay: boolean): string => {
  const parts = dayAndClock(text(value));
  if (parts === null) return '';
  return isOneDay ? parts.clock : `${parts.day.slice(5)} ${parts.clock}`;
};

const daysOf = (entries: readonly Entry[]): ReadonlySet<string> =>
  new Set(
    entries
      .flatMap((entry) => [entry['lastEventBefore'], entry['firstEventAfter']])
      .flatMap((value) => dayAndClock(text(value))?.day ?? []),
  );

const gap = ({ gapSeconds }: { readonly gapSeconds?: unknown }): string =>
  typeof gapSeconds === 'number' ? `${count(gapSeconds)} s` : '';

/** Of a reconnect its cause, of anything else what it is. */
const what = (entry: Entry): string =>
  (text(entry['cause']) || text(entry['kind'])).replaceAll('-', ' ');

const columnsOf = (page: Page, entries: readonly Entry[]): readonly (readonly Column[])[] => {
  const isOneDay = daysOf(entries).size === 1;
  const log: Column = { name: 'relay log', cell: (entry) => shortPath(page, text(entry['path'])) };
  const asked: Column = { name: 'asked for', cell: (entry) => text(entry['asked']) };
  const mode: Column = { name: 'by', cell: (entry) => text(entry['mode']) };
  const before: Column = { name: 'before', cell: (e) => time(e['lastEventBefore'], isOneDay) };
  const after: Column = { name: 'after', cell: (e) => time(e['firstEventAfter'], isOneDay) };
  const silence: Column = { name: 'gap', right: true, cell: gap };
  const cause: Column = { name: 'what', cell: what };
  return [
    [log, asked, mode, before, after, silence, cause],
    [log, asked, before, after, silence, cause],
    [log, asked, before, after, cause],
    [log, before, after, cause],
    [log, cause],
  ];
};

/** The connections of a channel, one a line, as far as there is room; empty for any other context. */
export const connectionTable = (page: Page, { kind, facts }: ReportContext): string[] => {
  const history = facts['history'];
  if (kind !== 'reconnects' || !Array.isArray(history)) return [];
  const entries = history.slice(0, ROWS) as readonly Entry[];
  const width = (set: readonly Column[]): number =>
    set.reduce(
      (sum, { name, cell }) =>
        sum +
        COLUMN_GAP +
        Math.max(name.length, ...entries.map((entry) => columns(visible(cell(entry))))),
      -COLUMN_GAP,
    );
  const sets = columnsOf(page, entries);
  const set = sets.find((one) => width(one) <= columnsBehind(page, 0)) ?? sets.at(-1) ?? [];
  const [day] = daysOf(entries);
  const leftOut = Number(facts['leftOut'] ?? 0) + history.length - entries.length;
  return [
    ...plainTable(
      set,
      entries.map((entry) => set.map(({ cell }) => visible(cell(entry)))),
    ),
    ...(day === undefined
      ? []
      : [
          `before, after: times of the events around${daysOf(entries).size === 1 ? `, ${day}` : ''} (UTC)`,
        ]),
    ...(leftOut > 0 ? [`… and ${count(leftOut)} more, in the JSON report`] : []),
  ];
};
