import type { ReportContext } from '../report.ts';
import { dayAndClock } from './times.ts';
import { count } from './words.ts';

/** One connection in the `history` of a `reconnects` context. */
type Entry = Readonly<Record<string, unknown>>;

/** What a table says of one connection; '' for what is not known. */
export interface ConnectionWords {
  /** The relay log that it began, as in the report: not shortened, not escaped. */
  readonly path: string;
  /** Source coordinates. */
  readonly asked: string;
  readonly mode: string;
  /** Times of the last event before it and of the first one after it. */
  readonly before: string;
  readonly after: string;
  /** Between these two. */
  readonly gap: string;
  /** Of a reconnect its cause, of anything else what it is. */
  readonly what: string;
}

export interface ConnectionList {
  readonly rows: readonly ConnectionWords[];
  /** Those that the report knows of beyond `rows`. */
  readonly more: number;
  /** The one day of all times, which the rows then leave out; null when there are several or none. */
  readonly day: string | null;
  readonly hasTimes: boolean;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const daysOf = (entries: readonly Entry[]): ReadonlySet<string> =>
  new Set(
    entries
      .flatMap((entry) => [entry['lastEventBefore'], entry['firstEventAfter']])
      .flatMap((value) => dayAndClock(text(value))?.day ?? []),
  );

/** `10:24:14`, or with the day in front where the table has several. */
const time = (value: unknown, isOneDay: boolean): string => {
  const parts = dayAndClock(text(value));
  if (parts === null) return '';
  return isOneDay ? parts.clock : `${parts.day.slice(5)} ${parts.clock}`;
};

const gap = (seconds: unknown): string =>
  typeof seconds === 'number' ? `${count(seconds)} s` : '';

/** At most `limit` connections of a channel, in their order; null for any other context. */
export const connectionsOf = (
  { kind, facts }: ReportContext,
  limit: number,
): ConnectionList | null => {
  const { history } = facts;
  if (kind !== 'reconnects' || !Array.isArray(history) || history.length === 0) return null;
  const entries = history.slice(0, limit) as readonly Entry[];
  const days = daysOf(entries);
  const isOneDay = days.size === 1;
  return {
    rows: entries.map((entry) => ({
      path: text(entry['path']),
      asked: text(entry['asked']),
      mode: text(entry['mode']),
      before: time(entry['lastEventBefore'], isOneDay),
      after: time(entry['firstEventAfter'], isOneDay),
      gap: gap(entry['gapSeconds']),
      what: (text(entry['cause']) || text(entry['kind'])).replaceAll('-', ' '),
    })),
    more: Number(facts['leftOut'] ?? 0) + history.length - entries.length,
    day: isOneDay ? ([...days][0] ?? null) : null,
    hasTimes: days.size > 0,
  };
};

/** What the columns of times are. */
export const timesLegend = ({ day, hasTimes }: ConnectionList): string =>
  hasTimes
    ? `before, after: times of the events around${day === null ? '' : `, ${day}`} (UTC)`
    : '';
