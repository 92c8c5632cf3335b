import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isQuotable, quoteString } from '../../src/dialects/quote-string.ts';

/** Reads one literal as a server does (`Lex_input_stream::get_text`); null when it does not end the text. */
const readLiteral = (literal: string, backslashEscapes: boolean): string | null => {
  const named: Record<string, string> = {
    '0': '\0',
    b: '\b',
    t: '\t',
    n: '\n',
    r: '\r',
    Z: '\x1a',
  };
  let text = '';
  for (let at = 1; at < literal.length; at++) {
    const character = literal.charAt(at);
    const next = literal.charAt(at + 1);
    if (character === '\\' && backslashEscapes) {
      text += named[next] ?? next;
      at++;
    } else if (character === "'") {
      if (next !== "'") return at === literal.length - 1 ? text : null;
      text += "'";
      at++;
    } else {
      text += character;
    }
  }
  return null;
};

describe('a string literal', () => {
  test.each([
    ['binlog.000001', "'binlog.000001'"],
    ['', "''"],
    ["We'st\\2 ö", "'We''st\\\\2 ö'"],
    ["'; DROP TABLE t; -- ", "'''; DROP TABLE t; -- '"],
    ["\\'", "'\\\\'''"],
    ['a\nb\r\tc\0\x1a\b', "'a\\nb\\r\\tc\\0\\Z\\b'"],
    ['東京 😀', "'東京 😀'"],
  ])('of %j', (text, literal) => {
    expect(quoteString(text)).toBe(literal);
  });

  test.each([
    ['an escape sequence of a terminal', 'a\x1b[2Jb'],
    ['delete', 'a\x7fb'],
    ['a C1 control', 'a\u009bb'],
    ['a line separator', 'a\u2028b'],
    ['a direction override', 'a\u202eb'],
    ['half a surrogate pair', 'a\ud83d'],
    ['a name that did not decode', 'caf\ufffd'],
  ])('cannot hold %s', (_, text) => {
    expect(isQuotable(text)).toBe(false);
    expect(() => quoteString(text)).toThrow(RangeError);
  });

  test('is what it says by default, and ends where it ends in every sql_mode', () => {
    const nasty = fc.string({
      unit: fc.constantFrom("'", '\\', '\n', '\0', '"', ';', '-', 'G', 'n', 'ö', '\x1a', '%'),
    });
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string({ unit: 'binary' })), (text) => {
        if (!isQuotable(text)) {
          expect(() => quoteString(text)).toThrow(RangeError);
          return;
        }
        const literal = quoteString(text);
        expect(literal).not.toMatch(/\p{Cc}/u);
        expect(readLiteral(literal, true)).toBe(text);
        expect(readLiteral(literal, false)).not.toBeNull();
      }),
    );
  });
});
