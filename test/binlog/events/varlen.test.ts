import { expect, test } from 'vitest';
import { readSignedVarlen, readVarlen } from '../../../src/binlog/events/varlen.ts';
import { FieldReader } from '../../../src/bytes/field-reader.ts';
import { hex } from './event-bytes.ts';

const reader = (text: string) => new FieldReader(hex(text), { file: 'f', base: 0 });

test.each([
  ['00', 0n],
  ['76', 59n],
  ['fe', 127n],
  ['d104', 308n],
  ['83120b', 90704n],
  ['7f3f33d4d6b26006', 1795171084940095n],
  ['ffffffffffffffffff', 2n ** 64n - 1n],
  ['ff0100000000000000', 1n],
])('%s is the number %s', (bytes, value) => {
  const fields = reader(bytes);
  expect(readVarlen(fields, 'n')).toBe(value);
  expect(fields.remaining).toBe(0);
});

test.each([
  ['04', 1n],
  ['02', -1n],
  ['ffffffffffffffffff', -(2n ** 63n)],
  ['fffeffffffffffffff', 2n ** 63n - 1n],
])('%s is the signed number %s', (bytes, value) => {
  expect(readSignedVarlen(reader(bytes), 'n')).toBe(value);
});
