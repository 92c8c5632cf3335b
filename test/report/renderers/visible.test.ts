import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasInvisible, visible, visibleJson } from '../../../src/report/renderers/visible.ts';

describe('visible', () => {
  test.each([
    ['\u001b[31m', '\\x1b[31m'],
    ['a\nb\r\tc\u0000', 'a\\x0ab\\x0d\\x09c\\x00'],
    ['\u007f\u009b', '\\x7f\\x9b'],
    ['\u202eevil\u202c', '\\u{202e}evil\\u{202c}'],
    ['\u2066\u2069\u2028\u2029\ufeff', '\\u{2066}\\u{2069}\\u{2028}\\u{2029}\\u{feff}'],
    ['\ud83d', '\\u{d83d}'],
    ['\u{e0041}', '\\u{e0041}'],
    ['naïve Größe 服务器 😀', 'naïve Größe 服务器 😀'],
  ])('%j becomes %j', (text, out) => {
    expect(visible(text)).toBe(out);
    expect(hasInvisible(text)).toBe(text !== out);
  });

  test('leaves nothing that it would change again', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !hasInvisible(visible(text))));
  });

  test('in JSON keeps the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value, null, 2);
        expect(JSON.parse(visibleJson(text))).toEqual(JSON.parse(text));
        expect(hasInvisible(visibleJson(text).replaceAll('\n', ''))).toBe(false);
      }),
    );
  });
});
