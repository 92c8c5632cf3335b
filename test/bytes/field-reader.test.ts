import { expect, test } from 'vitest';
import { FieldReader, type TracedField } from '../../src/bytes/field-reader.ts';
import { MalformedError } from '../../src/bytes/malformed-error.ts';

const reader = (hex: string, trace?: (field: TracedField) => void): FieldReader =>
  new FieldReader(
    Buffer.from(hex.replaceAll(' ', ''), 'hex'),
    { file: 'binlog.000001', base: 1000 },
    trace,
  );

test('numbers are little-endian and unsigned', () => {
  const fields = reader(
    'ff feff fdffff fcffffff fbffffffffff faffffffffffff f9ffffffffffffff f8ffffffffffffff 000000000000f03f',
  );
  expect([
    fields.u8('a'),
    fields.u16('b'),
    fields.u24('c'),
    fields.u32('d'),
    fields.u48('e'),
  ]).toEqual([0xff, 0xfffe, 0xfffffd, 0xfffffffc, 0xfffffffffffb]);
  expect([fields.u56('f'), fields.u64('g'), fields.i64('h'), fields.f64('i')]).toEqual([
    0xfffffffffffffan,
    0xfffffffffffffff9n,
    -8n,
    1,
  ]);
  expect(fields.remaining).toBe(0);
  expect(fields.offset).toBe(1047);
});

test('signed numbers, floats, and numbers of a width that is known only when they are read', () => {
  const fields = reader('80 0080 000080 00000080 0000c03f 010203 010203');
  expect([fields.i8('a'), fields.i16('b'), fields.i24('c'), fields.i32('d')]).toEqual([
    -0x80, -0x8000, -0x80_0000, -0x8000_0000,
  ]);
  expect(fields.f32('e')).toBe(1.5);
  expect([fields.uint('f', 3), fields.uintBE('g', 3)]).toEqual([0x030201, 0x010203]);
});

test('a reader of what was read keeps its place in the file', () => {
  const fields = reader('00 0102 03');
  fields.skip('a', 1);
  const inner = fields.within(fields.bytes('b', 2));
  expect([inner.file, inner.offset, inner.remaining]).toEqual(['binlog.000001', 1001, 2]);
  expect(() => inner.u24('c')).toThrow('at 1001: c: needs 3 bytes, 2 left');
  expect(inner.malformed('c', 'is wrong', 7).message).toBe('binlog.000001: at 7: c: is wrong');
});

test('packed integers have one, three, four or nine bytes', () => {
  const fields = reader('fa fc fb00 fd 000001 fe 0000000000000001');
  expect([1, 2, 3, 4].map(() => fields.lenenc('n'))).toEqual([250n, 251n, 65536n, 1n << 56n]);
});

test('text may end with a NUL instead of having a length', () => {
  const fields = reader('6162 00 00 63');
  expect([fields.textUntilNul('a'), fields.textUntilNul('b')]).toEqual(['ab', '']);
  expect(fields.remaining).toBe(1);
});

const MALFORMED: Readonly<
  Record<string, readonly [hex: string, read: (fields: FieldReader) => unknown, message: string]>
> = {
  'bytes run out': [
    '0102',
    (f) => f.u32('log_pos'),
    'binlog.000001: at 1000: log_pos: needs 4 bytes, 2 left',
  ],
  'the error names where the field begins': [
    '0102',
    (f) => [f.u8('a'), f.u16('b')],
    'binlog.000001: at 1001: b: needs 2 bytes, 1 left',
  ],
  'a packed integer of no bytes': [
    '',
    (f) => f.lenenc('n'),
    'binlog.000001: at 1000: n: needs 1 byte, 0 left',
  ],
  'a text without the NUL that ends it': [
    '0061 62',
    (f) => [f.textUntilNul('a'), f.textUntilNul('b')],
    'binlog.000001: at 1001: b: no NUL in the 2 bytes left',
  ],
  'a packed NULL': [
    'fb',
    (f) => f.lenenc('n'),
    'binlog.000001: at 1000: n: length byte 251 is no number',
  ],
  'a packed integer cut': [
    'fd0102',
    (f) => f.lenenc('n'),
    'binlog.000001: at 1000: n: needs 4 bytes, 3 left',
  ],
  'a length beyond the end': [
    '0561',
    (f) => f.lenencLength('len'),
    'binlog.000001: at 1000: len: says 5 bytes or entries, 1 bytes left',
  ],
  'a text beyond the end': [
    '6162',
    (f) => f.text('db', 3),
    'binlog.000001: at 1000: db: needs 3 bytes, 2 left',
  ],
  'a text without its NUL': [
    '6162',
    (f) => f.textNul('db', 2),
    'binlog.000001: at 1002: db terminator: needs 1 bytes, 0 left',
  ],
  'a negative length': [
    '6162',
    (f) => f.bytes('x', -1),
    'binlog.000001: at 1000: x: needs -1 bytes, 2 left',
  ],
};

test.each(Object.entries(MALFORMED))('%s', (_name, [hex, read, message]) => {
  expect(() => read(reader(hex))).toThrow(MalformedError);
  expect(() => read(reader(hex))).toThrow(message);
});

test('text that is no UTF-8 is read all the same', () => {
  expect(reader('61ff62').text('name', 3)).toBe('a\ufffdb');
});

test('each field is traced as it is read', () => {
  const seen: TracedField[] = [];
  const fields = reader('07 0001 6162 00', (field) => seen.push(field));
  fields.u8('a');
  fields.u16('b');
  fields.textNul('c', 2);
  expect(seen).toEqual([
    { offset: 1000, length: 1, name: 'a', value: 7 },
    { offset: 1001, length: 2, name: 'b', value: 256 },
    { offset: 1003, length: 2, name: 'c', value: 'ab' },
    { offset: 1005, length: 1, name: 'c terminator', value: undefined },
  ]);
});
