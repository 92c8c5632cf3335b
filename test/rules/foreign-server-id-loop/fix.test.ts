import { describe, expect, test } from 'vitest';
import type { Fix } from '../../../src/rules/finding.ts';
import {
  GONE,
  lap,
  type Proof,
  ringBinlog,
  ringRelay,
  single,
  VERSION_OF,
} from '../../support/loop-logs.ts';
import { binaryLog, RelayLog, START, times, VERSION, write } from '../../support/relay-log.ts';
import { type Files, findingsOf, reportOf } from '../../support/scan-bytes.ts';
import { mariadbMasterInfo, masterInfo } from '../../support/status-files.ts';

const fixOf = (files: Files): Fix => {
  const [one, ...others] = findingsOf('foreign-server-id-loop', files);
  if (!one?.fix || others.length > 0) throw new Error('no fix, or several findings');
  return one.fix;
};

const changes = (fix: Fix): string[] =>
  fix.steps.filter(({ kind }) => kind === 'change').map(({ run }) => run);

const proofFor = (version: string): Proof =>
  version.includes('MariaDB')
    ? 'mariadb-gtid'
    : /^[89]/.test(version)
      ? 'original-commit-timestamp'
      : 'content';

const relayOf = (version: string): RelayLog => ringRelay({ proof: proofFor(version), version });

describe('in the words of the server', () => {
  test.each([
    [
      VERSION.mysql55,
      'mysql-5.5',
      [
        'STOP SLAVE;',
        'CHANGE MASTER TO IGNORE_SERVER_IDS = (3), MASTER_HEARTBEAT_PERIOD = 30.000;',
        'START SLAVE;',
      ],
    ],
    [
      VERSION.mysql56,
      'mysql-5.6',
      ['STOP SLAVE;', 'CHANGE MASTER TO IGNORE_SERVER_IDS = (3);', 'START SLAVE;'],
    ],
    [
      VERSION.mysql57,
      'mysql-5.7',
      ['STOP SLAVE;', 'CHANGE MASTER TO IGNORE_SERVER_IDS = (3);', 'START SLAVE;'],
    ],
    [
      VERSION.mysql8022,
      'mysql-8.0',
      ['STOP SLAVE;', 'CHANGE MASTER TO IGNORE_SERVER_IDS = (3);', 'START SLAVE;'],
    ],
    [
      VERSION.mysql8030,
      'mysql-8.0',
      ['STOP REPLICA;', 'CHANGE REPLICATION SOURCE TO IGNORE_SERVER_IDS = (3);', 'START REPLICA;'],
    ],
    [
      VERSION.mysql84,
      'mysql-8.4',
      ['STOP REPLICA;', 'CHANGE REPLICATION SOURCE TO IGNORE_SERVER_IDS = (3);', 'START REPLICA;'],
    ],
    [
      VERSION.mariadb,
      'mariadb-10.11',
      [
        'STOP SLAVE;',
        'CHANGE MASTER TO IGNORE_SERVER_IDS = (3), MASTER_HEARTBEAT_PERIOD = 30.000;',
        'START SLAVE;',
      ],
    ],
  ])('%s', (version, dialect, statements) => {
    const info = version.includes('MariaDB') ? mariadbMasterInfo() : masterInfo();
    const fix = fixOf({ 'b/relay-bin.000002': relayOf(version), 'b/master.info': info });
    expect(fix).toMatchObject({ dialect, withheld: null });
    expect(changes(fix)).toEqual(statements);
    expect(fix.steps.filter(({ run }) => run.startsWith('CHANGE'))).toHaveLength(1);
  });

  test('a named connection of MariaDB, a channel of MySQL', () => {
    const named = {
      'b/relay-bin-west@002d2.000002': relayOf(VERSION.mariadb),
      'b/multi-master.info': 'West-2\n',
      'b/master-west@002d2.info': mariadbMasterInfo(),
    };
    expect(changes(fixOf(named))).toEqual([
      "STOP SLAVE 'West-2';",
      "CHANGE MASTER 'West-2' TO IGNORE_SERVER_IDS = (3), MASTER_HEARTBEAT_PERIOD = 30.000;",
      "START SLAVE 'West-2';",
    ]);
    expect(changes(fixOf({ 'b/relay-bin-west.000002': relayOf(VERSION.mysql8030) }))).toEqual([
      "STOP REPLICA FOR CHANNEL 'west';",
      "CHANGE REPLICATION SOURCE TO IGNORE_SERVER_IDS = (3) FOR CHANNEL 'west';",
      "START REPLICA FOR CHANNEL 'west';",
    ]);
  });

  test('relay logs called like a channel on a server that knows none', () => {
    expect(changes(fixOf({ 'b/relay-bin-db2.000002': relayOf(VERSION.mysql56) }))[0]).toBe(
      'STOP SLAVE;',
    );
  });
});

describe('what the CHANGE would undo is said again', () => {
  test('the ids ignored so far; MariaDB: the heartbeat period too', () => {
    const files = {
      'b/relay-bin.000002': relayOf(VERSION.mariadb),
      'b/master.info': mariadbMasterInfo({ ignore: [7, 8], heartbeat: 5 }),
    };
    const fix = fixOf({
      ...files,
      'a/relay-bin.000002': ringRelay({ proof: 'mariadb-gtid', serverId: 1, source: 2 }),
    });
    expect(changes(fix)[1]).toBe(
      'CHANGE MASTER TO IGNORE_SERVER_IDS = (7, 8, 3), MASTER_HEARTBEAT_PERIOD = 5.000;',
    );
    expect(fix.undo[1]).toBe(
      'CHANGE MASTER TO IGNORE_SERVER_IDS = (7, 8), MASTER_HEARTBEAT_PERIOD = 5.000;',
    );
  });

  test('where they are not known, a check asks for them first', () => {
    const fix = fixOf({ 'b/relay-bin.000002': relayOf(VERSION.mariadb) });
    const shown = fix.steps.findIndex(({ run }) => run.startsWith('SHOW SLAVE STATUS'));
    expect(fix.steps[shown]?.expect).toContain('Replicate_Ignore_Server_Ids is empty');
    expect(fix.steps[shown]?.expect).toContain('heartbeat');
    expect(shown).toBeLessThan(fix.steps.findIndex(({ run }) => run.startsWith('CHANGE')));
  });
});

describe('withheld', () => {
  test('MySQL 5.1 has no such list', () => {
    const fix = fixOf({ 'b/relay-bin.000002': relayOf(VERSION.mysql51) });
    expect(fix).toMatchObject({
      dialect: 'mysql-5.1',
      steps: [],
      withheld: expect.stringContaining('no IGNORE_SERVER_IDS'),
    });
    expect(fix.alternatives.flatMap(({ steps }) => steps.map(({ run }) => run))).toContain(
      'STOP SLAVE;',
    );
  });

  test('MySQL 8.4 with gtid_mode=ON refuses it', () => {
    const relay = relayOf(VERSION.mysql84).write({ gno: 5, immediate: (START + 4) * 1e6 });
    expect(fixOf({ 'b/relay-bin.000002': relay })).toMatchObject({
      steps: [],
      withheld: expect.stringContaining('3139'),
    });
    const before = relayOf(VERSION.mysql8030).write({ gno: 5, immediate: (START + 4) * 1e6 });
    expect(fixOf({ 'b/relay-bin.000002': before }).withheld).toBeNull();
  });

  test('several channels, and nothing tells which one brings the loop', () => {
    const version = VERSION.mysql8030;
    const quiet = (source: number) =>
      new RelayLog({ version })
        .connect({ source, position: 700 })
        .hole()
        .write(single('original-commit-timestamp', source));
    const files = {
      'b/relay-bin-east.000002': quiet(5),
      'b/relay-bin-west.000002': quiet(6),
      'b/mysql-bin.000001': ringBinlog({ proof: 'original-commit-timestamp' }),
    };
    expect(fixOf(files)).toMatchObject({
      steps: [],
      withheld: expect.stringContaining('several channels'),
    });
  });

  test('a name that no statement can carry', () => {
    const files = { 'b/relay-bin-x@202ey.000002': relayOf(VERSION.mysql8030) };
    expect(fixOf(files)).toMatchObject({
      steps: [],
      alternatives: [],
      withheld: expect.stringContaining('cannot be written'),
    });
  });

  test('weak signs', () => {
    const fix = fixOf({ 'b/mysql-bin.000001': ringBinlog({ proof: 'mariadb-gtid', laps: 5 }) });
    expect(fix).toMatchObject({
      steps: [],
      withheld: expect.stringContaining('another explanation'),
    });
  });
});

describe('a renumbered server', () => {
  const version = VERSION_OF['mariadb-gtid'];
  const peerRelay = (): RelayLog => {
    const relay = new RelayLog({ version })
      .connect({ source: 4, formatId: GONE, position: 700 })
      .hole();
    times(40, (i) => relay.write(lap('mariadb-gtid', i)));
    return relay;
  };
  const own = () => {
    const old = write(binaryLog({ serverId: GONE, version, at: START - 60 }), {
      serverId: GONE,
      sequence: 8,
    });
    return {
      'a/mysql-bin.000001': old,
      'a/mysql-bin.000002': ringBinlog({ proof: 'mariadb-gtid', serverId: 4, source: 2 }),
    };
  };

  test('shall ignore its old id itself, nobody else', () => {
    const files = {
      ...own(),
      'a/relay-bin.000002': ringRelay({ proof: 'mariadb-gtid', serverId: 4, source: 2 }),
      'a/master.info': mariadbMasterInfo(),
      'b/relay-bin.000002': peerRelay(),
      'b/master.info': mariadbMasterInfo(),
    };
    const fix = fixOf(files);
    expect(new Set(fix.steps.filter(({ kind }) => kind === 'change').map(({ on }) => on))).toEqual(
      new Set(['server 4']),
    );
    expect(fix.sideEffects.join()).toContain('only server 4 itself may ignore its old id');
  });

  test('also where its laps are not seen', () => {
    const fix = fixOf({
      'a/mysql-bin.000001': write(binaryLog({ serverId: 4, version }), {
        sequence: 1,
        serverId: 4,
      }),
      'b/relay-bin.000002': peerRelay(),
    });
    expect(fix.steps[0]).toMatchObject({ on: 'server 4', run: 'STOP SLAVE;' });
  });

  test('whose files were not given speaks the words of the version that its peer received', () => {
    const relay = new RelayLog({ version: VERSION.mysql8030 });
    relay.connect({ source: 4, formatId: GONE, position: 700, version: VERSION.mysql8022 }).hole();
    times(40, (i) => relay.write(lap('original-commit-timestamp', i)));
    const fix = fixOf({ 'b/relay-bin.000002': relay });
    expect(changes(fix)).toEqual([
      'STOP SLAVE;',
      'CHANGE MASTER TO IGNORE_SERVER_IDS = (3);',
      'START SLAVE;',
    ]);
    expect(fix.steps.every(({ on }) => on.includes('server 4'))).toBe(true);
  });
});

describe('over', () => {
  test('there is nothing to change: the tables are compared, on every member', () => {
    const proof = 'mariadb-gtid';
    const over = (serverId: number, source: number) =>
      ringRelay({ proof, serverId, source }).write(
        single(proof, 1, { serverId: source, at: START + 90 }),
      );
    const fix = fixOf({ 'a/relay-bin.000002': over(1, 2), 'b/relay-bin.000002': over(2, 1) });
    expect(fix.withheld).toBeNull();
    expect(fix.steps.map(({ kind, on, run }) => [kind, on, run])).toEqual([
      ['check', 'server 1', 'CHECKSUM TABLE `shop`.`orders`;'],
      ['check', 'server 2', 'CHECKSUM TABLE `shop`.`orders`;'],
    ]);
  });
});

describe('stopping the damage', () => {
  const stopOf = async (relay: RelayLog) =>
    (await reportOf({ 'b/relay-bin.000002': relay })).stopTheDamage;

  test('while it runs, by the first statement of the repair', async () => {
    expect(await stopOf(relayOf(VERSION.mysql8030))).toEqual({
      on: 'server 2',
      run: 'STOP REPLICA;',
      because: 'what goes round is applied once more about 10 times a second',
    });
  });

  test('also where the repair is withheld', async () => {
    expect(await stopOf(relayOf(VERSION.mysql51))).toMatchObject({
      on: 'server 2',
      run: 'STOP SLAVE;',
    });
  });

  test('not once it is over', async () => {
    const proof = 'mariadb-gtid';
    expect(
      await stopOf(ringRelay({ proof }).write(single(proof, 1, { at: START + 90 }))),
    ).toBeNull();
  });
});
