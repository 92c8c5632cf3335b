import { describe, expect, test } from 'vitest';
import { charsetOfCollation } from '../../../src/binlog/values/charset-of-collation.ts';
import { decodeText } from '../../../src/binlog/values/decode-text.ts';
import { UPPER_HALF } from '../../../src/binlog/values/single-byte-charsets.ts';
import { hex } from '../events/event-bytes.ts';

test.each([
  [8, 'latin1'],
  [33, 'utf8mb3'],
  [45, 'utf8mb4'],
  [63, 'binary'],
  [76, 'utf8mb3'],
  [192, 'utf8mb3'],
  [224, 'utf8mb4'],
  [248, 'gb18030'],
  [255, 'utf8mb4'],
  [309, 'utf8mb4'],
  [577, 'utf8mb3'],
  [1032, 'latin1'],
  [1069, 'utf8mb4'],
  [2049, 'utf8mb3'],
  [2304, 'utf8mb4'],
  [2563, 'ucs2'],
  [3072, 'utf32'],
  [0, null],
  [17, null],
  [100, null],
  [999, null],
])('collation %i is of %s', (collation, charset) => {
  expect(charsetOfCollation(collation)).toBe(charset);
});

describe('text of', () => {
  test.each([
    ['utf8mb4', 'f09f90ac', '🐬'],
    ['utf8mb4', 'efbbbf61', '\ufeffa'],
    ['utf8mb3', 'efbfbd', '\ufffd'],
    ['ascii', '61', 'a'],
    ['latin1', '80e99f', '€éŸ'],
    ['latin1', '81', '\u0081'],
    ['latin2', 'b1', 'ą'],
    ['latin5', 'fd80', 'ı\u0080'],
    ['greek', 'e1', 'α'],
    ['cp850', '82', 'é'],
    ['cp866', '80', 'А'],
    ['koi8r', 'c1', 'а'],
    ['hebrew', 'e0', 'א'],
    ['swe7', '5b5c5d7b', 'ÄÖÅä'],
    ['ucs2', '00e92713', 'é✓'],
    ['utf16', 'd83ddc2c', '🐬'],
    ['utf16le', 'e900', 'é'],
    ['utf32', '0001f42c', '🐬'],
    ['gbk', 'babad7d6', '汉字'],
    ['gb18030', 'a2e3', '€'],
    ['big5', 'a4a4', '中'],
    ['sjis', '93fa', '日'],
    ['cp932', '8740', '①'],
    ['ujis', 'c6fc', '日'],
    ['euckr', 'c7d1', '한'],
    ['tis620', 'a1', 'ก'],
  ])('%s: %s', (charset, bytes, text) => {
    expect(decodeText(hex(bytes), charset)).toBe(text);
  });
});

test.each([
  ['utf8mb4', 'c328'],
  ['utf8mb4', 'eda080'],
  ['ascii', 'e9'],
  ['cp1250', '81'],
  ['ucs2', '61'],
  ['utf16', 'd83d'],
  ['utf32', '00110000'],
  ['utf32', '000061'],
  ['gbk', 'ff'],
  ['binary', '61'],
  ['nobody’s', '61'],
])('%s has no characters for %s', (charset, bytes) => {
  expect(decodeText(hex(bytes), charset)).toBeNull();
});

test('nothing is known without a character set', () => {
  expect(decodeText(hex('61'), null)).toBeNull();
});

test('character sets of one byte have 128 places beyond ASCII', () => {
  for (const [name, upper] of Object.entries(UPPER_HALF)) {
    expect([name, upper.length]).toEqual([name, 128]);
  }
});
