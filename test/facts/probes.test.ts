import { expect, test } from 'vitest';
import { log, lyingSize } from '../support/build-log.ts';
import { gather } from './gather.ts';

/** Relay log of server 2: events 3 to 5 are one transaction, 6 and 7 another. */
const relay = () =>
  log({ serverId: 2 })
    .format({ flags: 0x40 })
    .fakeRotate('mysql-bin.000003', 1000, { serverId: 1 })
    .from(1)
    .format({ logPos: 0 })
    .sourceAt(1000)
    .gtid(1)
    .begin()
    .xid(1)
    .gtid(2)
    .query('DROP TABLE a');

test('between two transactions stands a boundary, and nothing is open', () => {
  const built = relay();
  const [before, after] = [built.event(5), built.event(6)];
  expect(gather(built, [after.offset]).probes).toMatchObject([
    {
      offset: after.offset,
      boundary: true,
      before: { offset: before.offset },
      after: { offset: after.offset },
      transaction: null,
      source: { log: 'mysql-bin.000003', position: 1000 + before.end - built.event(3).offset },
    },
  ]);
});

test('between two events of a transaction stands a boundary inside it', () => {
  const built = relay();
  const { offset } = built.event(4);
  expect(gather(built, [offset]).probes).toMatchObject([
    {
      boundary: true,
      after: { offset },
      transaction: { offset: built.event(3).offset, typeCode: 33 },
    },
  ]);
});

test('inside an event stands no boundary', () => {
  const built = relay();
  const { offset } = built.event(4);
  for (const at of [offset + 1, built.event(4).end - 1]) {
    expect(gather(built, [at]).probes).toMatchObject([
      {
        offset: at,
        boundary: false,
        before: { offset },
        after: null,
        transaction: { offset: built.event(3).offset },
      },
    ]);
  }
});

test('offset 4 is the boundary before the first event', () => {
  expect(gather(relay(), [4]).probes).toMatchObject([
    {
      boundary: true,
      before: null,
      after: { offset: 4, typeCode: 15 },
      transaction: null,
      source: null,
    },
  ]);
});

test('the end of the file is a boundary', () => {
  const built = relay();
  expect(gather(built, [built.length]).probes).toMatchObject([
    { boundary: true, before: { offset: built.event(-1).offset }, after: null, transaction: null },
  ]);
});

test('beyond the end stands nothing, whatever else was asked', () => {
  const built = relay();
  const beyond = built.length + 1;
  for (const others of [[], [built.event(5).offset], [built.length]]) {
    expect(gather(built, [...others, beyond]).probes.at(-1)).toMatchObject({
      offset: beyond,
      boundary: false,
      before: null,
      after: null,
    });
  }
});

test('in a torn tail the end of the last whole event is a boundary, the rest is none', () => {
  const whole = relay();
  const torn = whole.bytes().subarray(0, whole.length - 5);
  const { offset } = whole.event(-1);
  expect(gather(torn, [offset, offset + 5, torn.length]).probes).toMatchObject([
    { offset, boundary: true, before: { offset: whole.event(-2).offset }, after: null },
    { offset: offset + 5, boundary: false, before: null, after: null },
    { offset: torn.length, boundary: false, before: null, after: null },
  ]);
});

test('behind an event whose size lies a boundary is one again', () => {
  const built = relay();
  const { offset, size } = built.event(4);
  const next = built.event(5).offset;
  for (const lie of [size + 20, size - 4, 2 ** 31, 0]) {
    expect(gather(lyingSize(built.bytes(), offset, lie), [offset + 8, next]).probes).toMatchObject([
      { offset: offset + 8, boundary: false, after: null },
      { offset: next, boundary: true, before: null, after: { offset: next } },
    ]);
  }
});

test('each offset is answered once, in their order', () => {
  const built = relay();
  const offsets = [built.event(5).offset, 4, built.event(5).offset, built.event(3).offset];
  expect(gather(built, offsets).probes.map(({ offset }) => offset)).toEqual([
    4,
    built.event(3).offset,
    built.event(5).offset,
  ]);
});
