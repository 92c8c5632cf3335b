import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { BinlogEvent } from '../../src/binlog/events/index.ts';
import { statementOf } from '../../src/binlog/statement-of.ts';
import { MalformedError } from '../../src/bytes/malformed-error.ts';
import { decode, hex } from './events/event-bytes.ts';

const where = { file: 'binlog.000001', offset: 4 };

const statement = (code: number, body: Buffer): Buffer | null => {
  const event = decode(code, body);
  return event && statementOf(event, where);
};

const HEAD = hex(`
  05000000 00000000 04 0000 0000    # post-header
  7465737400                        # db "test"
`);
const SQL = 'INSERT INTO t VALUES (1), (2), (3)';

/** `Query_compressed` with the length it claims, big-endian, in four bytes. */
const compressed = (length: number, stream: Buffer, algorithm = 0): Buffer => {
  const claim = Buffer.alloc(5);
  claim.writeUInt8(0x84 | (algorithm << 4));
  claim.writeUInt32BE(length, 1);
  return Buffer.concat([HEAD, claim, stream]);
};

test.each<readonly [string, number, Buffer]>([
  ['a query', 2, Buffer.concat([HEAD, Buffer.from(SQL)])],
  ['a compressed query', 165, compressed(SQL.length, deflateSync(SQL))],
  ['the text before rows, MySQL', 29, Buffer.from(`\0${SQL}`)],
  ['the text before rows, MariaDB', 160, Buffer.from(SQL)],
])('%s is a statement', (_what, code, body) => {
  expect(statement(code, body)?.toString()).toBe(SQL);
});

test('an event without a statement has none', () => {
  expect(statement(3, Buffer.alloc(0))).toBeNull();
});

test.each<readonly [string, Buffer, RegExp]>([
  [
    'a length that is too small',
    compressed(SQL.length - 1, deflateSync(SQL)),
    /query: cannot be d/,
  ],
  ['a length that is too large', compressed(SQL.length + 1, deflateSync(SQL)), /holds 34 bytes/],
  ['4 GiB out of nothing', compressed(0xffff_ffff, deflateSync(SQL)), /claims 4294967295 bytes/],
  ['a stream that ends early', compressed(34, deflateSync(SQL).subarray(0, 9)), /cannot be decom/],
  ['no stream at all', compressed(34, Buffer.from('plain text')), /cannot be decompressed/],
  ['another algorithm', compressed(34, deflateSync(SQL), 1), /1 is no compression we know/],
])('malformed is %s', (_what, body, message) => {
  const event = decode(165, body) as BinlogEvent;
  expect(() => statementOf(event, where)).toThrow(MalformedError);
  expect(() => statementOf(event, where)).toThrow(message);
});
