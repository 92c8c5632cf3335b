import { describe, expect, test } from 'vitest';
import { readJsonDiffs } from '../../../src/binlog/values/json.ts';
import { readJson } from '../../../src/binlog/values/json-binary.ts';
import { doubleText, jsonText } from '../../../src/binlog/values/json-text.ts';
import { FieldReader } from '../../../src/bytes/field-reader.ts';
import { MalformedError } from '../../../src/bytes/malformed-error.ts';
import { hex } from '../events/event-bytes.ts';
import { columnOf, FILE, read } from './read-value.ts';

const rootOf = (bytes: Buffer) => readJson(bytes, { file: FILE, base: 500 }).root;

const problem = (bytes: Buffer): string => {
  try {
    rootOf(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(MalformedError);
    return (error as MalformedError).message;
  }
  return 'none';
};

/** {"a": 1, "b": [true, "x"]} */
const OBJECT = hex(`
  00                                # small object
  0200 2000                         # element-count 2, size 32
  1200 0100                         # key-entry: offset 18, length 1
  1300 0100                         # key-entry: offset 19, length 1
  05 0100                           # value-entry: int16 1, inlined
  02 1400                           # value-entry: small array at 20
  61 62                             # keys
  0200 0c00                         # element-count 2, size 12
  04 0100                           # value-entry: literal true
  0c 0a00                           # value-entry: string at 10
  01 78                             # length 1, "x"
`);

test('a document of objects, arrays and scalars', () => {
  expect(rootOf(OBJECT)).toEqual({
    type: 'object',
    members: [
      ['a', 1n],
      ['b', [true, 'x']],
    ],
  });
  expect(jsonText(rootOf(OBJECT))).toBe('{"a": 1, "b": [true, "x"]}');
});

test('every cut of it is malformed, but none at all, which is null', () => {
  for (let n = 1; n < OBJECT.length; n += 1) {
    expect(problem(OBJECT.subarray(0, n)), `cut at ${n}`).toMatch(
      /^binlog\.000001: at 5\d\d: json /,
    );
  }
  expect(rootOf(Buffer.alloc(0))).toBeNull();
});

test('a large array has offsets of four bytes and 32-bit numbers in their place', () => {
  const array = hex(`
    03                              # large array
    03000000 1f000000               # element-count 3, size 31
    07 ffffffff                     # int32 -1
    08 ffffffff                     # uint32
    0b 17000000                     # double at 23
    0000000000000440                # 2.5
  `);
  expect(rootOf(array)).toEqual([-1n, 4294967295n, 2.5]);
});

test.each([
  ['literal null', '04 00', null],
  ['literal true', '04 01', true],
  ['literal false', '04 02', false],
  ['int16', '05 ffff', -1n],
  ['uint16', '06 ffff', 65535n],
  ['int32', '07 00000080', -2147483648n],
  ['uint32', '08 00000080', 2147483648n],
  ['int64', '09 ffffffffffffffff', -1n],
  ['uint64', '0a ffffffffffffffff', 18446744073709551615n],
  ['double', '0b 000000000000f03f', 1],
  ['string', '0c 02 c3a9', 'é'],
  ['decimal', '0f f6 05 0504 8104d2', { type: 'decimal', digits: '1.1234' }],
  ['bytes', '0f 0f 03 78797a', { type: 'opaque', columnType: 15, bytes: Buffer.from('xyz') }],
  ['date', '0f 0a 08 000000000068bb19', { type: 'date', year: 2026, month: 11, day: 20 }],
] as const)('%s alone', (_name, bytes, root) => {
  const document = hex(bytes);
  for (let n = 1; n < document.length; n += 1) {
    expect(problem(document.subarray(0, n)), `cut at ${n}`).not.toBe('none');
  }
  expect(rootOf(document)).toEqual(root);
});

test('times keep their microseconds and their sign', () => {
  const dateTime = Buffer.alloc(11);
  dateTime.set([0x0f, 0x0c, 8]);
  dateTime.writeBigInt64LE((0x19bb68c8b8n << 24n) + 123_456n, 3);
  expect(jsonText(rootOf(dateTime))).toBe('"2026-11-20 12:34:56.123456"');
  const time = Buffer.alloc(11);
  time.set([0x0f, 0x0b, 8]);
  time.writeBigInt64LE(-((((12n << 12n) | (34n << 6n) | 56n) << 24n) + 500_000n), 3);
  expect(jsonText(rootOf(time))).toBe('"-12:34:56.500000"');
});

describe('documents that lie', () => {
  test('an array that points at itself is refused', () => {
    // element-count 1, size 7, one small array at 0
    expect(problem(hex('02 0100 0700 02 0000'))).toContain('overlap');
  });

  test('arrays that share their parts do not multiply', () => {
    // 40 levels of two entries that both point at the next level: 2^40 values
    const levels = Array.from({ length: 40 }, () => hex('0200 ffff 02 0a00 02 0a00'));
    for (const [i, level] of levels.entries()) level.writeUInt16LE((40 - i) * 10, 2);
    expect(problem(Buffer.concat([hex('02'), ...levels]))).not.toBe('none');
  });

  test('strings that share their bytes do not multiply', () => {
    const entries = Buffer.concat(Array.from({ length: 1000 }, () => hex('0c bc0b')));
    const head = Buffer.alloc(4);
    head.writeUInt16LE(1000, 0);
    head.writeUInt16LE(3004 + 1002, 2);
    const text = Buffer.concat([hex('e807'), Buffer.alloc(1000, 'x')]);
    expect(problem(Buffer.concat([hex('02'), head, entries, text]))).toContain('overlap');
  });

  test('a hundred levels are read, one more is not', () => {
    const nested = (depth: number): Buffer => {
      let inner = hex('0000 0400');
      for (let i = 1; i < depth; i += 1) {
        const head = hex('0100 0000 02 0700');
        head.writeUInt16LE(head.length + inner.length, 2);
        inner = Buffer.concat([head, inner]);
      }
      return Buffer.concat([hex('02'), inner]);
    };
    expect(jsonText(rootOf(nested(100)))).toBe('['.repeat(100) + ']'.repeat(100));
    expect(problem(nested(101))).toContain('more than 100 levels');
  });

  test('a count of more than there is allocates nothing', () => {
    expect(problem(hex('03 ffffffff ffffffff'))).toContain('json size: says 4294967295 bytes');
    expect(problem(hex('03 ffffff7f 08000000'))).toContain('json values: needs');
  });

  test.each([
    ['type', '0d 00'],
    ['literal', '04 03'],
    ['key', '00 0100 0b00 0b00 0200 05 0100'],
    ['string', '0c 02 c328'],
    ['length', '0c ffffffffff01'],
    ['time', '0f 0c 02 0000'],
    ['decimal', '0f f6 04 0100 89 00'],
  ])('what is no %s is malformed', (field, bytes) => {
    expect(problem(hex(bytes))).toContain(`json ${field}: `);
  });
});

describe('text as the servers write it', () => {
  test.each([
    [1, '1.0'],
    [-0, '-0.0'],
    [2.5, '2.5'],
    [0.1, '0.1'],
    [1e-14, '0.00000000000001'],
    [1e-16, '1e-16'],
    [1.5e-20, '1.5e-20'],
    [123456789012345, '123456789012345.0'],
    [1e15, '1e15'],
    [1234567890123456.5, '1234567890123456.5'],
    [1.7976931348623157e308, '1.7976931348623157e308'],
    [-5e-324, '-5e-324'],
  ])('the double %s is %s', (value, text) => {
    expect(doubleText(value)).toBe(text);
  });

  test('strings are escaped, and opaque values broken into lines', () => {
    expect(jsonText('a"\\\b\f\n\r\t\u0001é')).toBe('"a\\"\\\\\\b\\f\\n\\r\\t\\u0001é"');
    expect(jsonText({ type: 'opaque', columnType: 252, bytes: Buffer.alloc(58) })).toBe(
      `"base64:type252:${'A'.repeat(76)}\\nAA=="`,
    );
  });
});

const DIFFS = hex(`
  17000000                          # length 23
  00 06 242e625b315d 03 05 6300     # REPLACE, path "$.b[1]", value int16 99
  01 03 242e61 02 0400              # INSERT, path "$.a", literal null
  02 01 24                          # REMOVE, path "$"
`);

test('a partial update is a list of changes', () => {
  const column = columnOf('JSON', '04');
  const diffs = readJsonDiffs(new FieldReader(DIFFS, { file: FILE, base: 500 }), column);
  expect(diffs).toEqual({
    type: 'json-diffs',
    diffs: [
      { operation: 'replace', path: '$.b[1]', value: { type: 'json', root: 99n } },
      { operation: 'insert', path: '$.a', value: { type: 'json', root: null } },
      { operation: 'remove', path: '$', value: null },
    ],
  });
  for (let n = 0; n < DIFFS.length; n += 1) {
    const cut = new FieldReader(DIFFS.subarray(0, n), { file: FILE, base: 500 });
    expect(() => readJsonDiffs(cut, column), `cut at ${n}`).toThrow(MalformedError);
  }
});

test('there is no fourth operation', () => {
  const f = new FieldReader(hex('03000000 03 01 24'), { file: FILE, base: 500 });
  expect(() => readJsonDiffs(f, columnOf('JSON', '04'))).toThrow(
    'at 504: json diff operation: there is no operation 3',
  );
});

test('a JSON column has a length of four bytes, and null without a document', () => {
  expect(read(columnOf('JSON', '04'), '02000000 04 01')).toEqual({ type: 'json', root: true });
  expect(read(columnOf('JSON', '04'), '00000000')).toEqual({ type: 'json', root: null });
});
