import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { fromBytes } from '../src/bytes/byte-source.ts';
import { WINDOW_BYTES } from '../src/bytes/file-window.ts';
import { gatherSource } from './facts/gather.ts';
import { log } from './support/build-log.ts';

const SIZE = 20 << 20;
/** Where a Gtid event holds its number. */
const GNO = 19 + 1 + 16;

/** A log of 20 MiB of small transactions; their GTIDs begin anew after `different` of them. */
const manyTransactions = (
  checksum: 'crc32' | 'none',
  different: number,
): { bytes: Buffer; events: number } => {
  const built = log()
    .format({ checksum })
    .gtid(1)
    .begin()
    .tableMap('shop.orders')
    .rows(108, [1, 2])
    .xid(1);
  const head = built.event(0).end;
  const gtid = built.event(1);
  const transaction = built.bytes().subarray(head);
  const count = Math.ceil((SIZE - head) / transaction.length);
  const bytes = Buffer.alloc(head + count * transaction.length);
  bytes.set(built.bytes());
  for (let n = 0; n < count; n += 1) {
    const at = head + n * transaction.length;
    bytes.set(transaction, at);
    bytes.writeUInt32LE(1 + (n % different), at + GNO);
    if (checksum === 'crc32') {
      const sum = at + gtid.size - 4;
      bytes.writeUInt32LE(crc32(bytes.subarray(at, sum)), sum);
    }
  }
  return { bytes, events: 1 + 5 * count };
};

/** Reads, and the bytes that they gave, of one pass over a log. */
const cost = ({
  bytes,
  events,
}: {
  bytes: Buffer;
  events: number;
}): { reads: number; bytesRead: number } => {
  const source = fromBytes(bytes);
  let reads = 0;
  let bytesRead = 0;
  const facts = gatherSource({
    ...source,
    read(into, at) {
      reads += 1;
      const got = source.read(into, at);
      bytesRead += got;
      return got;
    },
  });
  expect(facts).toMatchObject({ integrity: [], events });
  return { reads, bytesRead };
};

test.each(['crc32', 'none'] as const)(
  'a log of small events is read once, a window at a time (%s)',
  (checksum) => {
    const log20 = manyTransactions(checksum, Number.POSITIVE_INFINITY);
    const { reads, bytesRead } = cost(log20);
    const size = log20.bytes.length;
    expect(reads).toBeLessThanOrEqual(Math.ceil(size / WINDOW_BYTES) + 5);
    expect(bytesRead).toBeLessThanOrEqual(1.2 * size);
  },
);

test('transactions that came back are looked at again: at most 500 of them, a few small reads each', () => {
  const log20 = manyTransactions('crc32', 2000);
  const { reads, bytesRead } = cost(log20);
  const size = log20.bytes.length;
  expect(reads).toBeLessThanOrEqual(Math.ceil(size / WINDOW_BYTES) + 5 + 500 * 5);
  expect(bytesRead).toBeLessThanOrEqual(1.2 * size + 500 * 5 * (1 << 14));
});
