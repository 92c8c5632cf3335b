/** When a line was written. */
export interface LogTime {
  /** ISO 8601, with the fraction as printed: in UTC with `Z`, or as written where the zone is unknown. */
  readonly text: string;
  /** `stated` by the line itself, `given` by the caller, or `unknown`. */
  readonly zone: 'stated' | 'given' | 'unknown';
}

/** A time zone, by its offset from UTC at a moment: both in milliseconds. */
export type LogZone = (utc: number) => number;

const MINUTE = 60_000;
const OFFSET = /^([+-])(\d\d):?(\d\d)$/;

const fixedOffset = (text: string): number | null => {
  if (text === 'Z' || text === 'UTC') return 0;
  const [, sign, hours, minutes] = OFFSET.exec(text) ?? [];
  if (hours === undefined || Number(hours) > 14 || Number(minutes) > 59) return null;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MINUTE;
};

/** A zone by `+02:00`, `Z` or its IANA name (`Europe/Vienna`); null when there is none of that name. */
export const logZone = (name: string): LogZone | null => {
  const fixed = fixedOffset(name);
  if (fixed !== null) return () => fixed;
  try {
    const clock = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    return (utc) => {
      const part = new Map(clock.formatToParts(utc).map(({ type, value }) => [type, value]));
      const [year, month, day, hour, minute, second] = [
        'year',
        'month',
        'day',
        'hour',
        'minute',
        'second',
      ].map((type) => Number(part.get(type as Intl.DateTimeFormatPartTypes)));
      const wall = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
      return wall - Math.floor(utc / 1000) * 1000;
    };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
};

/** A wall clock's moment. Of an hour that a zone passes twice the first is taken. */
const toUtc = (wall: number, zone: LogZone): number => {
  const before = wall - zone(wall - 24 * 60 * MINUTE);
  return before + zone(before) === wall ? before : wall - zone(wall - zone(wall));
};

const SHORT_DATE = /^(\d\d)(\d\d)(\d\d) ([ \d]\d):(\d\d):(\d\d)(\.\d{1,9})?$/;
const LONG_DATE =
  /^(\d{4})-(\d\d)-(\d\d)[T ]([ \d]\d):(\d\d):(\d\d)(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)?$/;

/** Two digits of a year: servers that write them are younger than 1969. */
const fullYear = (year: string): number =>
  year.length > 2 ? Number(year) : Number(year) + (Number(year) < 70 ? 2000 : 1900);

/**
 * Reads the time of a line as a server writes it: `261120  9:42:11` (MySQL to 5.5, MariaDB to
 * 10.1.4), `2026-11-20  9:42:11`, `2026-11-20T09:42:11.123456Z`. `zone` is for those without one.
 * Null for what is no time.
 */
export const readLogTime = (written: string, zone: LogZone | null): LogTime | null => {
  const parts = LONG_DATE.exec(written) ?? SHORT_DATE.exec(written);
  if (!parts) return null;
  const [, year = '', month = '', day = '', hour = '', minute = '', second = ''] = parts;
  const fraction = parts[7] ?? '';
  const wall = Date.UTC(
    fullYear(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  const date = new Date(Date.UTC(fullYear(year), Number(month) - 1, Number(day)));
  const isDate = date.getUTCMonth() === Number(month) - 1 && Number(day) > 0;
  if (!isDate || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null;
  const iso = (utc: number): string => new Date(utc).toISOString().slice(0, 19) + fraction;
  const stated = parts[8] === undefined ? null : fixedOffset(parts[8]);
  if (stated !== null) return { text: `${iso(wall - stated)}Z`, zone: 'stated' };
  if (zone !== null) return { text: `${iso(toUtc(wall, zone))}Z`, zone: 'given' };
  return { text: iso(wall), zone: 'unknown' };
};
