import { hasControlCharacters } from '../text-lines.ts';
import type { Wrapping } from './wrapped-text.ts';

/** How the text of a cell is read: null when it is not `expected`. */
export interface CellValue<T> {
  readonly expected: string;
  readonly wrapping: Wrapping;
  /** Whether the text says that there is no value. */
  isNone(text: string): boolean;
  /** Whether a part of a value may pass for another value. */
  readonly mayBeCut: boolean;
  parse(text: string): T | null;
}

/** What people write behind a value, or put around it: `12345   <-- !`, `**No**`. */
const NOTE = /\s(?:<[-<=]|←|#|\/\/|\(|!|\*\*).*$/;
const EMPHASIS = /^(\*{1,2}|_{1,2})([^*_].*?)\1$/;

const never = (): boolean => false;
const isEmpty = (text: string): boolean => text === '';

const value = <T>(
  expected: string,
  parse: (text: string) => T | null,
  isNone: (text: string) => boolean = never,
): CellValue<T> => ({
  expected,
  wrapping: 'solid',
  isNone,
  mayBeCut: true,
  parse: (text) => parse(text.replace(NOTE, '').trim().replace(EMPHASIS, '$2')),
});

/** A sentence or a statement; a line end in it is the server's own. */
export const words: CellValue<string> = {
  expected: 'text',
  wrapping: 'words',
  isNone: never,
  mayBeCut: true,
  parse: (text) => (hasControlCharacters(text.replaceAll('\n', ' ')) ? null : text),
};

/** A name, a path, a host: one word, though blanks may be in it. */
export const name: CellValue<string> = {
  expected: 'text',
  wrapping: 'solid',
  isNone: never,
  mayBeCut: true,
  parse: (text) => (hasControlCharacters(text) ? null : text),
};

const toInteger = (text: string): number | null => {
  const number = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(number) ? number : null;
};

export const integer = value('an unsigned integer', (text) =>
  text.startsWith('-') ? null : toInteger(text),
);

export const signedInteger = value('an integer', toInteger);

/** As it is written: 64-bit numbers may be beyond what a number holds. */
export const digits = value('an unsigned integer', (text) => (/^\d+$/.test(text) ? text : null));

/** Decimal seconds: `30.000`, `30`. */
export const seconds = value('a number of seconds', (text) =>
  /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : null,
);

const YES: ReadonlySet<string> = new Set(['yes', 'on', '1', 'true']);
const NO: ReadonlySet<string> = new Set(['no', 'off', '0', 'false']);

export const yesOrNo: CellValue<boolean> = {
  ...value(
    'yes or no',
    (text) => YES.has(text.toLowerCase()) || (NO.has(text.toLowerCase()) ? false : null),
    isEmpty,
  ),
  mayBeCut: false,
};

/** Whether there is a text; the text itself is never kept. */
export const isSet: CellValue<boolean> = {
  expected: 'text',
  wrapping: 'solid',
  isNone: never,
  mayBeCut: true,
  parse: (text) => text !== '',
};

/** Bytes as `mysql --binary-as-hex` prints them, in lower case; empty where they are printed raw. */
export const hexBytes: CellValue<string> = {
  expected: 'bytes in hex',
  wrapping: 'solid',
  isNone: never,
  mayBeCut: true,
  parse: (text) => /^0x((?:[0-9a-f]{2})+)$/i.exec(text.trim())?.[1]?.toLowerCase() ?? '',
};

/** One of a server's own words, without its case. */
export const oneOf = <const T extends string>(...known: readonly T[]): CellValue<T> => ({
  ...value(
    `one of ${known.join(', ')}`,
    (text) => known.find((word) => word === text.toLowerCase()) ?? null,
  ),
  mayBeCut: false,
});

/** `a,b`; empty: none. */
export const names = value<readonly string[]>('a list', (text) =>
  hasControlCharacters(text)
    ? null
    : text
        .split(',')
        .map((entry) => entry.trim())
        .filter((entry) => entry !== ''),
);

/** `3, 7`, `3,7`; empty: none. */
export const ids = value<readonly number[]>('a list of ids', (text) => {
  const numbers = text
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .map(toInteger);
  return numbers.every((number) => number !== null && number >= 0) ? (numbers as number[]) : null;
});

/** `count id id …` as info files and their tables have it: `0`, `2 3 7`. */
export const countedIds = value<readonly number[]>('a count and that many ids', (text) => {
  const numbers = ids.parse(text);
  return numbers !== null && numbers[0] === numbers.length - 1 ? numbers.slice(1) : null;
});

const MYSQL_SOURCE =
  /^[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}(?::(?:\d+(?:-\d+)?|[a-z_][a-z0-9_]{0,31}))+$/i;
const MARIADB_LIST = /^\d+-\d+-\d+(?:,\d+-\d+-\d+)*$/;

/** Which vendor's GTIDs a text without blanks lists; null when it is no list of GTIDs. */
export const gtidFlavor = (text: string): 'mysql' | 'mariadb' | null => {
  if (MARIADB_LIST.test(text)) return 'mariadb';
  const sources = text.split(',').filter((entry) => entry !== '');
  return sources.length > 0 && sources.every((entry) => MYSQL_SOURCE.test(entry)) ? 'mysql' : null;
};

/** A GTID set (MySQL) or position (MariaDB), without blanks and line ends; empty: none. */
export const gtids: CellValue<string> = {
  expected: 'a GTID set or position',
  wrapping: 'solid',
  isNone: never,
  mayBeCut: true,
  parse: (text) => {
    const packed = text.replaceAll(/\s+|\\n/g, '');
    return packed === '' || gtidFlavor(packed) !== null ? packed : null;
  },
};

/** `YYMMDD hh:mm:ss` as errors have it (the hour padded by a blank), as `2026-11-20T10:40:10`. */
export const shortTime = value<string>(
  'a time',
  (text) => {
    const parts = /^(\d\d)(\d\d)(\d\d)\s+(\d{1,2}):(\d\d):(\d\d)$/.exec(text);
    if (!parts) return null;
    const [year, month, day, hour = '', minute, second] = parts.slice(1);
    return `20${year}-${month}-${day}T${hour.padStart(2, '0')}:${minute}:${second}`;
  },
  isEmpty,
);

/** `YYYY-MM-DD hh:mm:ss[.ffffff]`, with `T`; zeros are no time. */
export const dateTime = value<string>(
  'a time',
  (text) => {
    const parts = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d{1,6})?)$/.exec(text);
    return parts ? `${parts[1]}T${parts[2]}` : null;
  },
  (text) => text === '' || text.startsWith('0000-00-00'),
);
