import { type LogZone, logZone } from '../metadata/error-log/log-time.ts';
import { UsageError } from './failures.ts';

// What yargs hands over for an option, checked: it may be there twice, negated or empty.

const single = (option: string, value: unknown): string => {
  if (Array.isArray(value)) throw new UsageError(`--${option} is given more than once`);
  if (typeof value !== 'string' || value === '') throw new UsageError(`--${option} needs a value`);
  return value;
};

export const wholeNumber = (option: string, value: unknown, from: number, to: number): number => {
  const text = single(option, value);
  const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= from && number <= to) return number;
  throw new UsageError(`--${option}: "${text}" is no whole number from ${from} to ${to}`);
};

/** One of `choices`. */
export const choice =
  <const Choice extends string>(option: string, choices: readonly Choice[]) =>
  (value: unknown): Choice => {
    const text = single(option, value);
    const found = choices.find((candidate) => candidate === text);
    if (found !== undefined) return found;
    throw new UsageError(`--${option}: "${text}" is none of ${choices.join(', ')}`);
  };

export const serverId = (value: unknown): number =>
  wholeNumber('server-id', value, 0, 4_294_967_295);

export const seconds =
  (option: string) =>
  (value: unknown): number =>
    wholeNumber(option, value, 0, 10 ** 9);

export const positiveNumber =
  (option: string) =>
  (value: unknown): number =>
    wholeNumber(option, value, 1, Number.MAX_SAFE_INTEGER);

export const columns = (value: unknown): number => wholeNumber('width', value, 40, 1000);

/** Rounds of PBKDF2; the most that are done within seconds. */
export const iterations = (value: unknown): number =>
  wholeNumber('keyring-iterations', value, 0, 10 ** 7);

export const path =
  (option: string) =>
  (value: unknown): string =>
    single(option, value);

/** An option that may be there several times. */
export const paths =
  (option: string) =>
  (value: unknown): readonly string[] =>
    (Array.isArray(value) ? value : [value]).map((one) => single(option, one));

const ISO = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d(?:\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?$/i;

/** An ISO 8601 instant; without a zone it is UTC, so that it means the same on every machine. */
export const instantOf = (option: string, value: unknown): Date => {
  const text = single(option, value);
  const parts = ISO.exec(text);
  const [, day = '', minutes = '00:00', rest = ':00', zone = 'Z'] = parts ?? [];
  const time = new Date(`${day}T${minutes}${rest}${zone.toUpperCase()}`);
  const isDay = new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day) ?? false;
  if (parts !== null && isDay && !Number.isNaN(time.getTime())) return time;
  throw new UsageError(`--${option}: "${text}" is no time like 2026-11-20T10:00:00Z`);
};

export const instant = (value: unknown): Date => instantOf('now', value);

/** A time zone of error logs: `+02:00`, `Z` or an IANA name. */
export const timeZone = (value: unknown): LogZone => {
  const text = single('log-timezone', value);
  const zone = logZone(text);
  if (zone !== null) return zone;
  throw new UsageError(`--log-timezone: "${text}" is no zone like +02:00 or Europe/Vienna`);
};
