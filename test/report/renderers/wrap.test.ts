import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { visible } from '../../../src/report/renderers/visible.ts';
import { columns, shorten, wrap } from '../../../src/report/renderers/wrap.ts';

describe('wrap', () => {
  test('breaks at spaces, and inside a word only when it is longer than a line', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('a abcdefghij b', 5)).toEqual(['a', 'abcde', 'fghij', 'b']);
    expect(wrap('', 10)).toEqual(['']);
  });

  test('breaks a set of GTIDs behind a comma', () => {
    expect(wrap('0-1-100,0-2-200,0-3-300', 18)).toEqual(['0-1-100,0-2-200,', '0-3-300']);
  });

  test('leaves room on the first line for what stands there already', () => {
    expect(wrap('one two three', 9, 4)).toEqual(['one', 'two three']);
    expect(wrap('one two', 9, 30)).toEqual(['', 'one two']);
  });

  test('never exceeds the width and loses nothing but spaces', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 2, max: 30 }),
        (text, width) => {
          const lines = wrap(text, width);
          expect(lines.every((line) => columns(line) <= width)).toBe(true);
          expect(lines.join('').replaceAll(' ', '')).toBe(visible(text).replaceAll(' ', ''));
        },
      ),
    );
  });
});

describe('shorten', () => {
  test('keeps both ends of a path', () => {
    expect(shorten('/var/lib/mysql/relay-bin.000002', 20)).toBe('/var/l…ay-bin.000002');
    expect(shorten('relay-bin.000002', 20)).toBe('relay-bin.000002');
  });

  test('counts wide characters twice', () => {
    expect(columns('服务器')).toBe(6);
    expect(columns(shorten('服务器/日志/mysql-bin.000001', 14))).toBeLessThanOrEqual(14);
  });
});
