import { hasControlCharacters } from './text-lines.ts';

/** How one line of an info file is read: null when the line is not `expected`. */
export interface InfoValue<T> {
  readonly expected: string;
  parse(text: string): T | null;
}

export const plainText: InfoValue<string> = {
  expected: 'text',
  parse: (text) => (hasControlCharacters(text) ? null : text),
};

export const unsignedInteger: InfoValue<number> = {
  expected: 'an unsigned integer',
  parse: (text) => {
    const value = /^\s*\d+\s*$/.test(text) ? Number(text) : Number.NaN;
    return Number.isSafeInteger(value) ? value : null;
  },
};

/** Decimal seconds, `%.3f`: `30.000`. */
export const seconds: InfoValue<number> = {
  expected: 'a number of seconds',
  parse: (text) => (/^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : null),
};

export const flag: InfoValue<boolean> = {
  expected: '0 or 1',
  parse: (text) => (text === '1' ? true : text === '0' ? false : null),
};

/** `count id id …`: `0`, `2 3 7`. A list that does not hold what it counts may be cut: null. */
export const idList: InfoValue<number[]> = {
  expected: 'a count and that many ids',
  parse: (text) => {
    const numbers = text
      .trim()
      .split(/\s+/)
      .map((word) => unsignedInteger.parse(word));
    const ids = numbers.slice(1).filter((id) => id !== null);
    return numbers[0] === ids.length && ids.length === numbers.length - 1 ? ids : null;
  },
};
