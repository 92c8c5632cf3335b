import { describe, expect, test } from 'vitest';
import { log } from '../../support/build-log.ts';
import {
  GONE,
  lap,
  PROOFS,
  type Proof,
  ringBinlog,
  ringRelay,
  single,
  VERSION_OF,
} from '../../support/loop-logs.ts';
import { RelayLog, START, times, VERSION } from '../../support/relay-log.ts';
import { type Files, verdictsOf } from '../../support/scan-bytes.ts';
import { logged, many, received } from '../../support/without-ring.ts';

const RULE = 'foreign-server-id-loop';
const POSSIBLE = [`${RULE} medium possible`];

const said = (files: Files): string[] => verdictsOf(files, { staleAfter: 1e9 });

describe.each(PROOFS)('by %s', (proof) => {
  const version = VERSION_OF[proof];

  test('a chain of servers: foreign ids, each transaction once', () => {
    const upstream = many(30, (i) => single(proof, i, { serverId: GONE, at: START + i }));
    const files = {
      'c/relay-bin.000002': received(upstream, version),
      'c/mysql-bin.000001': logged(upstream, version),
      'b/mysql-bin.000001': logged(upstream, version, 1),
    };
    expect(said(files)).toEqual([]);
  });

  test('a range fetched again: the same source positions', () => {
    const laps = many(30, (i) => single(proof, i, { serverId: GONE }));
    const files: Record<string, RelayLog> = {};
    times(20, (i) => {
      files[`b/relay-bin.${String(i + 2).padStart(6, '0')}`] = received(laps, version);
    });
    expect(said(files)).toEqual([]);
  });

  test('a transaction that comes by two channels', () => {
    const upstream = many(9, (i) => single(proof, i, { serverId: GONE }));
    const by = (source: number) => {
      const relay = new RelayLog({ version }).connect({ source, position: 700 });
      for (const one of upstream) relay.write(one);
      return relay;
    };
    const twice = logged(
      upstream.flatMap((one) => [one, { ...one, exec: 2 }]),
      version,
    );
    const files = {
      'd/relay-bin-east.000002': by(5),
      'd/relay-bin-west.000002': by(6),
      'd/mysql-bin.000001': twice,
    };
    expect(said(files)).toEqual([]);
  });

  test('two snapshots of one server, and a backup copy beside the log', () => {
    const once = () =>
      logged(
        many(30, (i) => single(proof, i, { serverId: GONE })),
        version,
      );
    expect(
      said({
        'monday/mysql-bin.000001': once(),
        'tuesday/mysql-bin.000001': once(),
        'tuesday/copy-bin.000001': once(),
      }),
    ).toEqual([]);
  });

  test('a binary log beside the relay log that was made of it', () => {
    const upstream = many(30, (i) => single(proof, i, { serverId: GONE }));
    expect(
      said({
        'b/relay-bin.000002': received(upstream, version),
        'b/mysql-bin.000001': logged(upstream, version),
      }),
    ).toEqual([]);
  });

  test('a log replayed by hand twice, with what names its transactions', () => {
    const day = many(30, (i) => single(proof, i, { serverId: GONE }));
    const replayed = logged([...day, ...day.map((one) => ({ ...one, exec: 40 }))], version);
    expect(said({ 'b/mysql-bin.000001': replayed })).toEqual([]);
  });

  test('a log replayed by hand twice in a ring', () => {
    const day = many(9, (i) => single(proof, i, { serverId: GONE }));
    const relay = ringRelay({ proof, laps: 0 });
    for (const one of [...day, ...day, ...day]) relay.write(one);
    expect(said({ 'b/relay-bin.000002': relay })).toEqual(proof === 'content' ? [] : POSSIBLE);
  });

  test('own ids, and those of the direct source', () => {
    const relay = new RelayLog({ version }).connect({ position: 700 }).hole();
    times(20, (i) =>
      relay.write(lap(proof, i, { serverId: 1 })).write(lap(proof, i, { serverId: 2 })),
    );
    expect(said({ 'b/relay-bin.000002': relay })).toEqual([]);
  });

  test('a server that writes on behind them is alive', () => {
    expect(
      said({
        'b/relay-bin.000002': ringRelay({ proof }).write(single(proof, 77, { serverId: GONE })),
      }),
    ).toEqual([]);
    const all = {
      'b/relay-bin.000002': ringRelay({ proof }),
      'x/mysql-bin.000001': ringBinlog({ proof, serverId: GONE }),
    };
    expect(said(all)).toEqual([]);
  });

  test('Rotates of server id 0, and a session with an id of its own', () => {
    const relay = new RelayLog({ version }).connect({ position: 700 });
    times(9, (i) =>
      relay.ignored('mysql-bin.000001', relay.position + 300).write(single(proof, i)),
    );
    relay.write(single(proof, 50, { serverId: 777 }));
    expect(said({ 'b/relay-bin.000002': relay })).toEqual([]);
  });
});

describe('what else repeats', () => {
  const proof: Proof = 'original-commit-timestamp';

  test('LOAD DATA in blocks', () => {
    const built = new RelayLog({ version: VERSION.mysql56 }).connect({ position: 700 });
    built.events((one) => {
      one.put(17, Buffer.concat([Buffer.from([1, 0, 0, 0]), Buffer.alloc(200, 'row\n')]), {
        serverId: GONE,
      });
      times(20, () =>
        one.put(9, Buffer.concat([Buffer.from([1, 0, 0, 0]), Buffer.alloc(200, 'row\n')]), {
          serverId: GONE,
        }),
      );
      return one;
    });
    expect(said({ 'b/relay-bin.000002': built.write() })).toEqual([]);
  });

  test('a group commit of 50, and commits out of order', () => {
    const group = many(50, (i) => ({
      serverId: GONE,
      at: START + (i % 2),
      xid: 50 - i,
      sql: 'UPDATE t SET n = n + 1',
      immediate: START * 1e6 + i,
      lastCommitted: 1,
    }));
    expect(said({ 'b/relay-bin.000002': received(group, VERSION.mysql8030) })).toEqual([]);
  });

  test('SET TIMESTAMP to one time, the statements differ', () => {
    const set = many(50, (i) => ({
      serverId: GONE,
      at: 1,
      exec: 900 + i,
      sql: `INSERT INTO t VALUES (${i})`,
    }));
    expect(said({ 'b/relay-bin.000002': received(set) })).toEqual([]);
  });

  test('SET TIMESTAMP to one time, the same statement over and over: suspected', () => {
    const set = many(50, (i) => ({ serverId: GONE, at: START, exec: i }));
    expect(said({ 'b/relay-bin.000002': received(set) })).toEqual(POSSIBLE);
  });

  test('a heartbeat table', () => {
    const beats = many(60, (i) => ({
      serverId: GONE,
      at: START + i,
      sql: `REPLACE INTO heartbeat (ts) VALUES ('${START + i}')`,
    }));
    expect(said({ 'b/relay-bin.000002': received(beats) })).toEqual([]);
  });

  test('a log replayed by hand again and again is suspected at most', () => {
    const day = many(4, (i) => single(proof, i, { serverId: GONE }));
    const times3 = [...day, ...day, ...day].map((one, i) => ({ ...one, exec: i }));
    expect(said({ 'b/mysql-bin.000001': logged(times3, VERSION.mysql8030) })).toEqual(POSSIBLE);
  });

  test('GTIDs of MySQL that come round and are skipped', () => {
    const relay = new RelayLog({ version: VERSION.mysql84 }).connect({ position: 700 });
    times(20, () => relay.hole().write({ gno: 9, serverId: GONE, immediate: START * 1e6 }));
    expect(said({ 'b/relay-bin.000002': relay })).toEqual([]);
  });

  test('MariaDB’s numbers after RESET MASTER: other transactions', () => {
    const files: Record<string, ReturnType<typeof logged>> = {};
    times(12, (i) => {
      files[`b/mysql-bin.${String(i + 1).padStart(6, '0')}`] = logged(
        [{ serverId: GONE, sequence: 1, at: START + i, sql: `INSERT INTO t VALUES (${i})` }],
        VERSION.mariadb,
      );
    });
    expect(said(files)).toEqual([]);
  });
});

test('what every hop writes anew does not make two transactions of one', () => {
  const relay = new RelayLog().connect({ position: 700 }).hole();
  times(30, (i) => {
    relay.events((built) =>
      built
        .begin({ serverId: GONE, at: START, exec: i, flags: 0x8 | (i % 2) })
        .tableMap('shop.orders', 300 + i, { serverId: GONE, at: START })
        .rows(300 + i, [5], { serverId: GONE, at: START })
        .xid(7000 + i, { serverId: GONE, at: START }),
    );
  });
  expect(said({ 'b/relay-bin.000002': relay })).toEqual([`${RULE} critical proven`]);
});

test('an empty log has no laps', () => {
  expect(said({ 'b/relay-bin.000002': log({ serverId: 2 }).format({ flags: 0x40 }) })).toEqual([]);
});
