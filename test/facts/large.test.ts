import { expect, test } from 'vitest';
import type { ByteSource } from '../../src/bytes/byte-source.ts';
import { fromBytes } from '../../src/bytes/byte-source.ts';
import { WINDOW_BYTES } from '../../src/bytes/file-window.ts';
import { gatherLogFacts } from '../../src/facts/gather-log-facts.ts';
import { HEADER_BYTES, log, noise, patched } from '../support/build-log.ts';
import { damage, gather, gatherSource } from './gather.ts';

const MARIADB = { version: '10.11.19-MariaDB-log', checksum: 'none' } as const;

/** Parts one behind the other, some of them nothing but zeros: a log of many GiB in little memory. */
const sparse = (
  parts: readonly (Uint8Array | { readonly zeros: number })[],
): ByteSource & { largestRead: number } => {
  const placed: Array<{ from: number; bytes: Uint8Array }> = [];
  let size = 0;
  for (const part of parts) {
    if (part instanceof Uint8Array) placed.push({ from: size, bytes: part });
    size += part instanceof Uint8Array ? part.length : part.zeros;
  }
  return {
    size,
    largestRead: 0,
    read(into, at) {
      this.largestRead = Math.max(this.largestRead, into.byteLength);
      const length = Math.max(0, Math.min(into.byteLength, size - at));
      into.fill(0, 0, length);
      for (const { from, bytes } of placed) {
        const begin = Math.max(from, at);
        const end = Math.min(from + bytes.length, at + length);
        if (begin < end) into.set(bytes.subarray(begin - from, end - from), begin - at);
      }
      return length;
    },
    close: () => undefined,
  };
};

/** A header of an event of `size` bytes that ends at `end`. */
const header = (typeCode: number, size: number, end: number): Buffer => {
  const out = Buffer.alloc(HEADER_BYTES);
  out.writeUInt32LE(1_700_000_001, 0);
  out.writeUInt8(typeCode, 4);
  out.writeUInt32LE(1, 5);
  out.writeUInt32LE(size, 9);
  out.writeUInt32LE(end % 2 ** 32, 13);
  return out;
};

test.each([-30, -5, -4, -1, 0, 1, 4, 5, 30, WINDOW_BYTES, 2.5 * WINDOW_BYTES])(
  'an event %i bytes larger than the window is summed and compared',
  (more) => {
    const rows = noise(WINDOW_BYTES + more - 27 - 4, 3);
    const built = log().format({ version: '5.6.24-log', types: 35 });
    for (const xid of [1, 2])
      built
        .begin({ exec: xid })
        .tableMap('shop.a', 100 + xid)
        .rows(100 + xid, rows, { version: 1 })
        .xid(xid);
    const facts = gather(built);
    expect(facts).toMatchObject({
      integrity: [],
      checksumsVerified: 9,
      transactions: {
        count: 2,
        repeats: [
          { copies: 2, sameBytes: true, formats: ['row'], tables: ['shop.a'], execTimeMax: 2 },
        ],
      },
    });
    const large = built.event(3);
    for (const at of [
      large.offset + 19 + 8,
      large.offset + WINDOW_BYTES,
      large.end - 5,
      large.end - 1,
    ]) {
      if (at >= large.end) continue;
      const bytes = built.bytes();
      expect(damage(gather(patched(bytes, at, (bytes[at] ?? 0) ^ 1)))).toEqual([
        `checksum ${large.offset}+${large.size} -> ${large.end}`,
      ]);
    }
  },
);

test('memory stays bounded, whatever the size of an event', () => {
  const built = log()
    .format({ version: '5.6.24-log', types: 35 })
    .begin()
    .tableMap('shop.a')
    .rows(108, noise(24 << 20))
    .xid(1);
  const source = fromBytes(built.bytes());
  let largest = 0;
  const facts = gatherSource({
    ...source,
    read(into, at) {
      largest = Math.max(largest, into.byteLength);
      return source.read(into, at);
    },
  });
  expect(facts).toMatchObject({ integrity: [], transactions: { count: 1 } });
  expect(largest).toBeLessThanOrEqual(WINDOW_BYTES);
});

test('a log beyond 4 GiB: positions begin anew, offsets do not', () => {
  const head = log().format(MARIADB);
  const parts: Array<Uint8Array | { zeros: number }> = [head.bytes()];
  let end = head.length;
  const add = (typeCode: number, body: Uint8Array | { zeros: number }): void => {
    const size = HEADER_BYTES + (body instanceof Uint8Array ? body.length : body.zeros);
    end += size;
    parts.push(header(typeCode, size, end), body);
  };
  const gtid = (sequence: number): Buffer => {
    const body = Buffer.alloc(19);
    body.writeUInt8(sequence);
    return body;
  };
  for (let sequence = 1; sequence <= 5; sequence += 1) {
    add(162, gtid(sequence));
    add(23, { zeros: 1_000_000_000 });
    add(16, Buffer.alloc(8));
  }
  const source = sparse(parts);
  const facts = gatherSource(source, [end]);
  expect(end).toBeGreaterThan(2 ** 32);
  expect(facts).toMatchObject({
    bytes: end,
    wholeUntil: end,
    events: 16,
    ownPositions: 10,
    otherPositions: 0,
    holes: { count: 0 },
    integrity: [],
    transactions: { count: 5, lastComplete: { end, position: end % 2 ** 32 } },
    probes: [{ offset: end, boundary: true }],
  });
  expect(facts.transactions.sketch.at(-1)?.copy.offset).toBeGreaterThan(4_000_000_000);
  expect(source.largestRead).toBeLessThanOrEqual(WINDOW_BYTES);
});

test('after each 64 MiB the caller may breathe', () => {
  const head = log().format(MARIADB);
  const parts: Array<Uint8Array | { zeros: number }> = [head.bytes()];
  let end = head.length;
  for (let n = 0; n < 20; n += 1) {
    end += 10 << 20;
    parts.push(header(162, 10 << 20, end), { zeros: (10 << 20) - HEADER_BYTES });
  }
  const walk = gatherLogFacts({
    path: 'a',
    source: sparse(parts),
    identity: null,
    modified: null,
    probes: [],
    positions: [],
  });
  const slices: number[] = [];
  for (let step = walk.next(); !step.done; step = walk.next())
    slices.push(Math.floor(step.value / (10 << 20)));
  expect(slices).toEqual([7, 14]);
});

test('damage before very large events does not end the reading', () => {
  const rows = noise(70 << 20, 9);
  const built = log()
    .format({ version: '5.6.24-log', types: 35 })
    .begin({ badChecksum: true })
    .put(30, rows)
    .xid(1)
    .begin()
    .xid(2);
  const facts = gather(built);
  expect(damage(facts)).toEqual([
    `checksum ${built.event(1).offset}+${built.event(1).size} -> ${built.event(2).offset}`,
  ]);
  expect(facts).toMatchObject({ events: 6, checksumsVerified: 5 });
});

test('false candidates with large sizes do not use up the search', () => {
  const built = log().format().gtid(1).begin();
  // What looks like headers of huge events, again and again, in an event whose size lies
  const bait = Buffer.alloc(600);
  for (let at = 0; at + 20 < bait.length; at += 20) {
    bait.writeUInt8(2, at + 4);
    bait.writeUInt32LE(66 << 20, at + 9);
  }
  built
    .query(bait.toString('latin1'))
    .put(30, noise(68 << 20, 4))
    .xid(1)
    .gtid(2)
    .query('DROP TABLE a');
  const event = built.event(3);
  const bytes = patched(built.bytes(), event.offset + 9, 0, 0, 0, 0);
  const facts = gather(bytes);
  expect(damage(facts)).toEqual([`framing ${event.offset}+${event.size} -> ${event.end}`]);
  expect(facts).toMatchObject({ wholeUntil: built.length, checksumsBad: 0 });
});
