import { describe, expect, test } from 'vitest';
import {
  autoCnf,
  gtidBinlog,
  gtidRelay,
  OTHER,
  REPLICA,
  replicaFiles,
  SOURCE,
  sourceFiles,
} from '../support/gtid-servers.ts';
import { binaryLog, RelayLog, START, VERSION, write } from '../support/relay-log.ts';
import { fixOf, foundOf, placeOf, received, replica } from '../support/replica.ts';
import { type Files, outcomeOf } from '../support/scan-bytes.ts';
import { index, mariadbMasterInfo } from '../support/status-files.ts';
import { slaveStatus } from '../support/thread-lines.ts';

const RULE = 'purged-source-log';

const ten = received(10);
const at = (i: number) => placeOf(ten, i);
const nothing = (files: Files): void => expect(outcomeOf(RULE, files).status).not.toBe('found');

/** The source with this one log, and an index of it. */
const sourceFrom = (name: string, ...listed: readonly string[]): Files => ({
  [`s/${name}`]: write(binaryLog({ serverId: 1, at: START + 900 })),
  's/mysql-bin.index': index(...listed, name),
});

describe('by file and position', () => {
  const purged = sourceFrom('mysql-bin.000007');
  const asking = (i: number, more: Files = purged): Files =>
    replica(ten.relay, { info: at(i), master: at(10) }, more);

  test('the index of the source begins behind what will be asked for', () => {
    const found = foundOf(RULE, asking(10));
    expect(found).toMatchObject({
      severity: 'critical',
      confidence: 'likely',
      title: `The slave needs mysql-bin.000001:${at(10).position}, and the master’s logs begin with mysql-bin.000007`,
      facts: { by: 'position', source: 1, oldest: 'mysql-bin.000007', allApplied: true },
    });
    expect(found.at.map(({ path }) => path)).toEqual([
      'r/master.info',
      'r/relay-bin.000002',
      's/mysql-bin.index',
      's/mysql-bin.000007',
    ]);
  });

  test('no statement brings it back: withheld, with the ways', () => {
    expect(fixOf(RULE, asking(10))).toMatchObject({
      run: [],
      withheld: expect.stringMatching(/Build server 2 anew.*by hand from mysql-bin\.000001:\d+ on/),
    });
  });

  test('what the relay logs still hold is applied first', () => {
    const { run, withheld } = fixOf(RULE, asking(4));
    expect(withheld).toBeNull();
    expect(run).toContain('START SLAVE SQL_THREAD;');
    expect(run.join()).not.toMatch(/CHANGE|RESET/);
  });

  test('possible at most where the source receives from the replica: it may be the other way round', () => {
    const back = new RelayLog({ serverId: 1, version: VERSION.mysql56 }).connect({ source: 2 });
    expect(foundOf(RULE, asking(10, { ...purged, 's/relay-bin.000001': back }))).toMatchObject({
      severity: 'medium',
      confidence: 'possible',
    });
  });

  test('without master.info the end of the relay logs will be asked for', () => {
    const files = replica(ten.relay, { info: at(10), master: null }, purged);
    expect(foundOf(RULE, files)).toMatchObject({
      facts: { asked: `mysql-bin.000001:${at(10).position}` },
    });
  });

  test.each<[string, Files]>([
    [
      'the source lists the log, which was not given',
      sourceFrom('mysql-bin.000007', 'mysql-bin.000001'),
    ],
    ['no index was given: the copy may be a part', { 's/mysql-bin.000007': write(binaryLog()) }],
    ['the source has another series of logs', sourceFrom('binlog.000007')],
  ])('not where %s', (_, more) => {
    nothing(asking(10, more));
  });

  test('not where the replica is ahead of the index', () => {
    const ahead = { ...at(10), file: 'mysql-bin.000009' };
    nothing(replica(ten.relay, { info: at(10), master: ahead }, purged));
  });

  test('not where master.info is old and the relay logs have reached a log that is there', () => {
    const relay = new RelayLog({ version: VERSION.mysql56 }).connect({ file: 'mysql-bin.000007' });
    nothing(replica(relay.write(), { master: at(2) }, purged));
  });
});

describe('by GTID', () => {
  const auto = { autoPosition: true };
  const replicaWith = (set: string, master = auto): Files =>
    replicaFiles(
      [gtidRelay({ written: [[set]] })],
      [gtidBinlog({ serverId: 2, written: [[set]] })],
      master,
    );
  const purgedTo = (before: string): Files => sourceFiles(gtidBinlog({ before, at: START + 900 }));

  test('what was written before the source’s oldest log, and never received', () => {
    const found = foundOf(RULE, { ...purgedTo(`${SOURCE}:1-9`), ...replicaWith(`${SOURCE}:1-5`) });
    expect(found).toMatchObject({
      severity: 'critical',
      confidence: 'likely',
      facts: { by: 'gtid', missing: `${SOURCE}:6-9`, allApplied: true },
    });
    expect(found.title).toContain(`${SOURCE}:6-9`);
  });

  test('what was received and not applied is applied first', () => {
    const files = {
      ...purgedTo(`${SOURCE}:1-9`),
      ...replicaFiles(
        [gtidRelay({ written: [[`${SOURCE}:1-5`]] })],
        [gtidBinlog({ serverId: 2, written: [[`${SOURCE}:1-2`]] })],
        auto,
      ),
    };
    expect(fixOf(RULE, files).run).toContain('START SLAVE SQL_THREAD;');
  });

  test('another server of the scan that still has it is named', () => {
    const files = {
      ...purgedTo(`${SOURCE}:1-9`),
      ...replicaWith(`${SOURCE}:1-5`),
      'o/mysql-bin.000001': gtidBinlog({ serverId: 9, written: [[`${SOURCE}:1-9`]] }),
      'o/mysql-bin.index': index('mysql-bin.000001'),
      'o/auto.cnf': autoCnf(OTHER),
    };
    expect(fixOf(RULE, files).withheld).toContain('Of these files server 9 still has all of it');
  });

  test.each<[string, Files]>([
    ['all of it was received', { ...purgedTo(`${SOURCE}:1-5`), ...replicaWith(`${SOURCE}:1-5`) }],
    [
      'the replica was made from a backup: lower numbers came with it',
      { ...purgedTo(`${SOURCE}:1-90`), ...replicaWith(`${SOURCE}:81-90`) },
    ],
    [
      'its logs do not name that uuid at all',
      { ...purgedTo(`${OTHER}:1-90,${SOURCE}:1-5`), ...replicaWith(`${SOURCE}:1-5`) },
    ],
    [
      'a hole is lower than what it has: another finding',
      { ...purgedTo(`${SOURCE}:1-9`), ...replicaWith(`${SOURCE}:1-4:8-9`) },
    ],
    [
      'the source’s oldest log was not given',
      {
        ...purgedTo(`${SOURCE}:1-9`),
        's/mysql-bin.index': index('mysql-bin.000000', 'mysql-bin.000001'),
        ...replicaWith(`${SOURCE}:1-5`),
      },
    ],
    [
      'the relay logs hold nothing, and the replica logs only its own',
      {
        ...purgedTo(`${SOURCE}:1-9`),
        ...replicaFiles(
          [gtidRelay()],
          [gtidBinlog({ serverId: 2, written: [[`${REPLICA}:1`, { serverId: 2 }]] })],
          auto,
        ),
      },
    ],
  ])('not where %s', (_, files) => {
    nothing(files);
  });
});

describe('MariaDB by GTID', () => {
  const version = VERSION.mariadb;
  /** Gtid_list: count, then domain, server and sequence of each. */
  const purgedTo = (sequence: number): Files => {
    const list = Buffer.alloc(20);
    list.writeUInt32LE(1, 0);
    list.writeUInt32LE(1, 8);
    list.writeBigUInt64LE(BigInt(sequence), 12);
    return {
      's/mysql-bin.000004': write(binaryLog({ serverId: 1, version }).put(163, list), {
        serverId: 1,
        sequence: sequence + 1,
      }),
      's/mysql-bin.index': index('mysql-bin.000004'),
    };
  };
  const has = (sequence: number | null, usingGtid: 'no' | 'slave_pos' = 'slave_pos'): Files => {
    const relay = new RelayLog({ version }).connect({ version, file: 'mysql-bin.000004' });
    if (sequence !== null) relay.write({ serverId: 1, sequence });
    return {
      'r/relay-bin.000001': relay,
      'r/master.info': mariadbMasterInfo({ usingGtid, file: 'mysql-bin.000004' }),
    };
  };

  test('the list at the head of the oldest log is above what was received', () => {
    expect(foundOf(RULE, { ...purgedTo(90), ...has(50) })).toMatchObject({
      severity: 'critical',
      facts: { by: 'mariadb-gtid', missing: 'domain 0: 51 to 90' },
    });
  });

  test('by the status alone, where the refusal left the relay logs empty', () => {
    const emptied = (column: string, value: string): Files => ({
      ...purgedTo(90),
      'r/relay-bin.000001': new RelayLog({ version }),
      'r/master.info': mariadbMasterInfo({ usingGtid: 'slave_pos', file: 'mysql-bin.000004' }),
      'r/status.txt': slaveStatus({
        Master_Server_Id: 1,
        Using_Gtid: 'Slave_Pos',
        [column]: value,
      }),
    });
    for (const column of ['Gtid_IO_Pos', 'Gtid_Slave_Pos']) {
      expect(foundOf(RULE, emptied(column, '0-1-50'))).toMatchObject({
        severity: 'critical',
        facts: { missing: 'domain 0: 51 to 90' },
      });
      nothing(emptied(column, '0-1-90'));
      nothing(emptied(column, '5-1-50'));
    }
  });

  test('not where it is not, nothing was received yet, or positions decide', () => {
    nothing({ ...purgedTo(50), ...has(50) });
    nothing({ ...purgedTo(90), ...has(null) });
    nothing({ ...purgedTo(90), ...has(50, 'no') });
  });
});

describe('not assessed', () => {
  test('without the source’s logs', () => {
    expect(outcomeOf(RULE, replica(ten.relay, { master: at(10) }))).toMatchObject({
      status: 'not-assessed',
      missing: [expect.stringContaining('source’s binary logs')],
    });
  });

  test('without the source’s index', () => {
    const files = replica(
      ten.relay,
      { master: at(10) },
      { 's/mysql-bin.000001': write(binaryLog()) },
    );
    expect(outcomeOf(RULE, files)).toMatchObject({
      status: 'not-assessed',
      missing: [expect.stringContaining('the index of the source’s binary logs')],
    });
  });

  test('clear with both', () => {
    const files = replica(ten.relay, { master: at(10) }, sourceFrom('mysql-bin.000001'));
    expect(outcomeOf(RULE, files).status).toBe('clear');
  });
});
