import { describe, expect, test } from 'vitest';
import { GONE, lap, ringRelay, single } from '../../support/loop-logs.ts';
import { binaryLog, RelayLog, START, times, VERSION, write } from '../../support/relay-log.ts';
import { type Files, findingsOf } from '../../support/scan-bytes.ts';
import { masterInfo } from '../../support/status-files.ts';

const only = (files: Files) => {
  const [one, ...others] = findingsOf('foreign-server-id-loop', files);
  if (!one || others.length > 0) throw new Error(`${others.length + 1} findings, or none`);
  return one.found;
};

const facts = (files: Files) => only(files).facts as Record<string, unknown>;

describe('times and rates', () => {
  test('MySQL 8: by the commit timestamps', () => {
    expect(
      facts({ 'b/relay-bin.000002': ringRelay({ proof: 'original-commit-timestamp' }) }),
    ).toMatchObject({
      lapSeconds: 0.1,
      lapsPerSecond: 10,
      rateIsLowerBound: false,
      written: '2023-11-14T22:13:21Z',
      firstSeen: '2023-11-14T22:13:21Z',
      lastSeen: '2023-11-14T22:13:24Z',
      ageSeconds: 4,
    });
  });

  test('others: by exec_time, in whole seconds', () => {
    expect(facts({ 'b/relay-bin.000002': ringRelay() })).toMatchObject({
      lapsPerSecond: 9.5,
      rateIsLowerBound: true,
      ageSeconds: 3,
    });
  });

  test('a slow ring has a rate too', () => {
    const relay = new RelayLog({ version: VERSION.mariadb }).connect({ position: 700 }).hole();
    times(12, (i) => relay.write(lap('mariadb-gtid', i * 50)));
    expect(facts({ 'b/relay-bin.000002': relay })).toMatchObject({
      lapSeconds: 5.1,
      lapsPerSecond: 0.2,
      ageSeconds: 55,
    });
  });
});

describe('running or over', () => {
  const proof = 'mariadb-gtid';
  const later = (seconds: number, transactions = 1): RelayLog => {
    const relay = ringRelay({ proof });
    times(transactions, (i) => relay.write(single(proof, i + 1, { at: START + seconds })));
    return relay;
  };

  test.each([
    ['nothing behind the last lap', ringRelay({ proof }), true],
    ['a transaction of the same moment', later(4), true],
    ['a transaction a minute later', later(64), false],
    ['many transactions of the same moment', later(4, 9), false],
  ])('%s: %#', (_name, relay, running) => {
    expect(only({ 'b/relay-bin.000002': relay })).toMatchObject({
      severity: running ? 'critical' : 'medium',
      confidence: 'proven',
      facts: { running },
    });
  });

  test('a time that a client made up before does not make it over', () => {
    const relay = new RelayLog({ version: VERSION.mariadb }).connect({ position: 700 });
    relay.write(single(proof, 0, { at: START + 1e8 })).hole();
    times(40, (i) => relay.write(lap(proof, i)));
    relay.write(single(proof, 1, { at: START + 4 }));
    expect(facts({ 'b/relay-bin.000002': relay })).toMatchObject({ running: true });
  });

  test('a server whose clock is ahead does not make it over', () => {
    const relay = new RelayLog({ version: VERSION.mariadb }).connect({ position: 700 }).hole();
    times(40, (i) =>
      relay.write(lap(proof, i)).write(single(proof, i, { at: START + 30 + Math.floor(i / 10) })),
    );
    expect(facts({ 'b/relay-bin.000002': relay })).toMatchObject({ running: true });
  });

  test('a member that ignores the id has ended it', () => {
    const files = {
      'b/relay-bin.000002': ringRelay({ proof }),
      'b/master.info': masterInfo({ ignore: [7, GONE] }),
    };
    expect(facts(files)).toMatchObject({ running: false });
  });
});

describe('where the id comes from', () => {
  test('a source whose Rotate and format description carry different ids was renumbered', () => {
    const relay = new RelayLog().connect({ source: 4, formatId: GONE, position: 700 }).hole();
    times(40, (i) => relay.write(lap('content', i)));
    expect(facts({ 'b/relay-bin.000002': relay })).toMatchObject({
      cause: 'renumbered-server',
      renumberedTo: 4,
    });
  });

  test('so was a member whose older logs are under that id', () => {
    const files = {
      'b/mysql-bin.000001': write(binaryLog({ serverId: GONE, at: START - 60 }), {
        serverId: GONE,
        at: START - 60,
      }),
      'b/mysql-bin.000002': binaryLog({ serverId: 2 }),
      'b/relay-bin.000002': ringRelay(),
    };
    expect(facts(files)).toMatchObject({ cause: 'renumbered-server', renumberedTo: 2 });
  });
});
