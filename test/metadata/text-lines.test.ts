import { expect, test } from 'vitest';
import { hasControlCharacters, splitLines } from '../../src/metadata/text-lines.ts';

test('lines carry their byte offsets, also behind characters of several bytes', () => {
  expect(splitLines(Buffer.from('ä\n\nx\n'))).toEqual([
    { text: 'ä', offset: 0, end: 3, terminated: true },
    { text: '', offset: 3, end: 4, terminated: true },
    { text: 'x', offset: 4, end: 6, terminated: true },
  ]);
});

test('CRLF ends a line like LF, a lone CR does not', () => {
  expect(
    splitLines(Buffer.from('a\r\n\r\nb\rc\n')).map((line) => [line.text, line.offset]),
  ).toEqual([
    ['a', 0],
    ['', 3],
    ['b\rc', 5],
  ]);
});

test('a last line without a newline is not terminated, and keeps its CR', () => {
  expect(splitLines(Buffer.from('a\nb\r')).at(-1)).toEqual({
    text: 'b\r',
    offset: 2,
    end: 4,
    terminated: false,
  });
  expect(splitLines(Buffer.alloc(0))).toEqual([]);
});

test('no more lines are split than asked for', () => {
  expect(splitLines(Buffer.from('a\nb\nc\n'), 2).map((line) => line.text)).toEqual(['a', 'b']);
});

test('bytes that are no UTF-8 become replacement characters', () => {
  expect(splitLines(Buffer.from([0xff, 0x0a]))[0]?.text).toBe('\u{fffd}');
});

test('NUL and other control characters are told, tabs are text', () => {
  expect(hasControlCharacters('a\0')).toBe(true);
  expect(hasControlCharacters('a\u{1b}')).toBe(true);
  expect(hasControlCharacters('a\tb ö')).toBe(false);
});
