import { expect, test } from 'vitest';
import { LogBuilder, UUID } from '../support/build-log.ts';
import { VERSION, write } from '../support/relay-log.ts';
import { gather } from './gather.ts';

const mysql = (): LogBuilder => new LogBuilder().format({ version: VERSION.mysql57 });
const mariadb = (): LogBuilder => new LogBuilder().format({ version: VERSION.mariadb });

test('MySQL: the numbers of whole transactions, in intervals, by source', () => {
  const log = mysql();
  const offsets = [1, 2, 3, 7, 5].map((gno) => {
    const at = log.length;
    write(log, { gno });
    return at;
  });
  // Without its end: it does not count
  write(log, { gno: 9, open: true });
  expect(gather(log).gtids).toMatchObject({
    complete: true,
    sources: [
      {
        uuid: UUID,
        tag: '',
        numbers: '1-3:5:7',
        transactions: 5,
        firstOffset: offsets[0],
        lastOffset: offsets[4],
      },
    ],
    streams: [],
  });
});

test('a transaction that is begun anew after its first copy broke off counts once', () => {
  const log = mysql();
  write(log, { gno: 4, open: true });
  write(log, { gno: 4 });
  expect(gather(log).gtids.sources).toMatchObject([{ numbers: '4', transactions: 1 }]);
});

test('anonymous transactions have none', () => {
  const log = mysql();
  write(log, { immediate: 1_700_000_000_000_000 });
  expect(gather(log).gtids.sources).toEqual([]);
});

test('MariaDB: by domain and server, and what comes out of order', () => {
  const log = mariadb();
  write(log, { serverId: 1, sequence: 10 });
  write(log, { serverId: 2, sequence: 11 });
  const at = log.length;
  write(log, { serverId: 1, sequence: 11 });
  write(log, { serverId: 1, sequence: 12 });
  const { streams, outOfOrder, outOfOrderCount } = gather(log).gtids;
  expect(streams).toMatchObject([
    { domain: 0, server: 1, first: 10, last: 12, transactions: 3 },
    { domain: 0, server: 2, first: 11, last: 11, transactions: 1 },
  ]);
  expect(outOfOrder).toEqual([{ gtid: '0-1-11', after: '0-2-11', offset: at }]);
  expect(outOfOrderCount).toBe(1);
});
