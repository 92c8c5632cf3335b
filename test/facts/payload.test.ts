import { describe, expect, test } from 'vitest';
import { LogBuilder } from '../support/build-log.ts';
import { innerBytes, payloadBody } from '../support/payload.ts';
import { START, VERSION } from '../support/relay-log.ts';
import { gather } from './gather.ts';

interface Lap {
  readonly tableId?: number;
  readonly xid?: number;
  readonly table?: string;
  readonly rows?: readonly number[];
}

/** The same transaction of server 3 lap after lap, compressed anew by each server that logs it. */
const compressed = (laps: readonly Lap[]) => {
  const built = new LogBuilder().format({ version: VERSION.mysql84 });
  for (const [
    i,
    { tableId = 108 + i, xid = 10 + i, table = 'shop.b', rows = [1, 2] },
  ] of laps.entries()) {
    const header = { serverId: 3, at: START };
    built.anonymousGtid({ ...header, original: START * 1e6, immediate: (START + i) * 1e6 });
    const inner = innerBytes((log) =>
      log
        .begin(header)
        .tableMap(table, tableId, header)
        .rows(tableId, rows, header)
        .xid(xid, header),
    );
    built.put(40, payloadBody(inner), header);
  }
  return gather(built).transactions.repeats;
};

describe('compressed transactions are compared by what is inside', () => {
  test('table ids and xids are written anew with each lap: one transaction', () => {
    expect(compressed([{}, {}, {}])).toMatchObject([
      { copies: 3, sameBytes: true, formats: ['compressed', 'row'], tables: ['shop.b'] },
    ]);
  });

  test('other rows under the same stamp: not the same', () => {
    expect(compressed([{}, {}, { rows: [1, 3] }])).toMatchObject([{ copies: 3, sameBytes: false }]);
  });

  test('a statement inside names its tables', () => {
    const built = new LogBuilder().format({ version: VERSION.mysql84 });
    for (const i of [0, 1]) {
      const header = { serverId: 3, at: START };
      built.anonymousGtid({ ...header, original: START * 1e6, immediate: (START + i) * 1e6 });
      const inner = innerBytes((log) =>
        log
          .begin(header)
          .query('UPDATE a, shop.c SET n = 1', { ...header, db: 'app' })
          .xid(i, header),
      );
      built.put(40, payloadBody(inner), header);
    }
    expect(gather(built).transactions.repeats).toMatchObject([
      { formats: ['compressed', 'statement'], tables: ['app.a', 'shop.c'] },
    ]);
  });

  test('a payload that cannot be decompressed is compared as it stands', () => {
    const built = new LogBuilder().format({ version: VERSION.mysql84 });
    for (const i of [0, 1]) {
      const header = { serverId: 3, at: START };
      built.anonymousGtid({ ...header, original: START * 1e6, immediate: (START + i) * 1e6 });
      built.transactionPayload(Buffer.alloc(40, 7), header);
    }
    expect(gather(built).transactions.repeats).toMatchObject([
      { copies: 2, sameBytes: true, formats: ['compressed'], tables: [] },
    ]);
  });
});
