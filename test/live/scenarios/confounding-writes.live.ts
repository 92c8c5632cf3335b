import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { run } from '../drivers/driver.ts';
import { alarmsOf, findingOf } from '../healed.ts';
import type { Lab } from '../lab.ts';
import type { LiveServer } from '../live-server.ts';
import { ringWithoutThird } from '../removed-server.ts';
import { caughtUp, errorsOf } from '../replica-status.ts';
import { scenario } from '../scenario.ts';
import { session } from '../session.ts';
import { countOf, expectEqualTables } from '../tables.ts';
import { byGtid, chain, passAround, ring, writeOrders } from '../topologies.ts';
import { until } from '../until.ts';

const STATEMENTS = ['--binlog-format=STATEMENT'];
/** Statements too, and a session may log rows: a replica that logs statements refuses these (error 1666). */
const MIXED = ['--binlog-format=MIXED'];
const YEAR = 31_536_000;

type Three = readonly [LiveServer, LiveServer, LiveServer];

/** A, B and C: what A writes is foreign to the logs of C. */
const three = async (lab: Lab, options: readonly string[] = STATEMENTS): Promise<Three> =>
  (await chain(lab, [11, 12, 13], { options })) as unknown as Three;

const expectNothing = async (lab: Lab, servers: Three): Promise<void> => {
  await passAround(servers);
  expectEqualTables(servers[0], servers[2]);
  const report = lab.scan(servers);
  expect(alarmsOf(report)).toEqual([]);
  expect(report.plan).toEqual([]);
};

scenario('identical statements of one client in one second: no loop', async (lab) => {
  const servers = await three(lab);
  servers[0].sql("INSERT INTO app.journal VALUES ('same');".repeat(150));
  await expectNothing(lab, servers);
});

scenario('a row that a client inserts again after an error: no loop', async (lab) => {
  const servers = await three(lab);
  const [a] = servers;
  for (let attempt = 0; attempt < 4; attempt += 1) {
    a.sql("INSERT INTO app.journal VALUES ('once more')");
    a.sql("INSERT IGNORE INTO app.orders VALUES (1, 'once more')");
  }
  await expectNothing(lab, servers);
  expect(countOf(servers[2], 'app.journal')).toBe(4);
});

scenario(
  'fifty equal transactions committed as one group: no loop',
  async (lab, driver) => {
    const servers = await three(lab);
    const [a] = servers;
    a.sql(
      driver.family === 'mariadb'
        ? 'SET GLOBAL binlog_commit_wait_usec = 3000000; SET GLOBAL binlog_commit_wait_count = 50'
        : 'SET GLOBAL binlog_group_commit_sync_delay = 1000000; SET GLOBAL binlog_group_commit_sync_no_delay_count = 50',
    );
    // All at one moment, when the last of them has connected
    const wait = `DO SLEEP(GREATEST(0, ${Date.now() / 1000 + 12} - UNIX_TIMESTAMP(NOW(6))));`;
    await Promise.all(
      Array.from({ length: 50 }, () =>
        session(a, `${wait} INSERT INTO app.journal VALUES ('group');`),
      ),
    );
    await expectNothing(lab, servers);
  },
  { not: { 'mysql-5.6': 'has no delay for group commits' } },
);

scenario('one file loaded twice, in blocks: no loop', async (lab) => {
  const options = [...STATEMENTS, '--local-infile=1', '--read-buffer-size=8200'];
  const servers = await three(lab, options);
  const file = join(lab.root, 'rows.txt');
  writeFileSync(file, 'the same row in each line of this file\n'.repeat(300));
  const load = `LOAD DATA LOCAL INFILE '${file}' INTO TABLE app.journal;`;
  await session(servers[0], load.repeat(2), ['--local-infile=1']);
  await expectNothing(lab, servers);
  expect(countOf(servers[2], 'app.journal')).toBe(600);
});

scenario('a transaction that began first and commits last: no alarm', async (lab) => {
  const servers = await three(lab);
  const [a] = servers;
  const slow = session(
    a,
    "BEGIN; INSERT INTO app.journal VALUES ('slow'); SELECT SLEEP(4); COMMIT;",
  );
  await sleep(1000);
  a.sql("INSERT INTO app.journal VALUES ('quick')");
  await sleep(1500);
  a.sql("INSERT INTO app.journal VALUES ('quick')");
  await slow;
  await expectNothing(lab, servers);
});

scenario('sessions that set their own time, long ago and far ahead: no alarm', async (lab) => {
  const servers = await three(lab, MIXED);
  const [a] = servers;
  const future = Math.floor(Date.now() / 1000) + YEAR;
  for (const format of ['STATEMENT', 'ROW'])
    a.sql(
      `SET SESSION binlog_format = ${format};
       SET TIMESTAMP = 1000000000; INSERT INTO app.journal VALUES ('past');
       SET TIMESTAMP = ${future}; INSERT INTO app.journal VALUES ('future');
       SET TIMESTAMP = DEFAULT; INSERT INTO app.journal VALUES ('now');`,
    );
  await expectNothing(lab, servers);
});

/** pt-heartbeat's table and its statement, as `--update --create-table` has them, and a clock of one's own. */
const HEARTBEAT_TABLE = `CREATE DATABASE percona; CREATE TABLE percona.heartbeat (
  ts varchar(26) NOT NULL, server_id int unsigned NOT NULL PRIMARY KEY, file varchar(255) DEFAULT NULL,
  position bigint unsigned DEFAULT NULL, relay_master_log_file varchar(255) DEFAULT NULL,
  exec_master_log_pos bigint unsigned DEFAULT NULL);
  CREATE TABLE app.clock (id INT PRIMARY KEY, at DATETIME); INSERT INTO app.clock VALUES (1, NOW());`;

const beat = (server: LiveServer): void => {
  const { file, position } = server.position();
  const ts = new Date().toISOString().replace('Z', '000');
  server.sql(
    `REPLACE INTO percona.heartbeat (ts, server_id, file, position, relay_master_log_file, exec_master_log_pos)
     VALUES ('${ts}', '${server.id}', '${file}', '${position}', NULL, NULL);
     UPDATE app.clock SET at = NOW() WHERE id = 1`,
  );
};

scenario('heartbeats of a monitor, two a second, in a chain: no loop', async (lab) => {
  const servers = await three(lab);
  const [a, b] = servers;
  a.sql(HEARTBEAT_TABLE);
  for (let n = 0; n < 12; n += 1) {
    beat(a);
    if (n % 3 === 0) beat(b);
    await sleep(400);
  }
  await passAround(servers);
  const report = lab.scan(servers);
  expect(alarmsOf(report)).toEqual([]);
});

scenario(
  'the log of a former server is replayed once: no loop',
  async (lab, driver) => {
    const servers = await three(lab, MIXED);
    const [a] = servers;
    const [former] = (await lab.servers([99], MIXED)) as [LiveServer];
    former.sql(
      `CREATE DATABASE app; CREATE TABLE app.journal (txt VARCHAR(200));
     CREATE TABLE app.orders (id INT PRIMARY KEY, w VARCHAR(200)); RESET_SOURCE`.replace(
        'RESET_SOURCE',
        former.driver.words.resetSource,
      ),
    );
    for (let n = 1; n <= 10; n += 1)
      former.sql(
        `INSERT INTO app.journal VALUES ('of a day'); SET SESSION binlog_format = ROW; INSERT INTO app.orders VALUES (${n}, 'of a day')`,
      );
    await former.stop();
    // What is replayed is older than what stands before it
    await sleep(2500);
    a.sql("INSERT INTO app.journal VALUES ('of today')");
    const { binlogPrinter } = driver;
    if (!binlogPrinter) throw new Error(`${driver.name} prints no binary logs`);
    const printed = run({
      ...binlogPrinter,
      args: [...binlogPrinter.args, join(former.datadir, 'mysql-bin.000001')],
    });
    a.sql(printed);
    await expectNothing(lab, servers);
    expect(countOf(servers[2], 'app.journal')).toBe(11);
  },
  {
    not: {
      'mysql-5.6': 'its own mysqlbinlog is not in that package',
      'mysql-5.7': 'its own mysqlbinlog is not in that package',
      'mariadb-10.5': 'its mariadb-binlog is in a package that starts a server',
    },
  },
);

scenario(
  'a write under a foreign id in a ring by GTID comes back and is skipped: no loop',
  async (lab, driver) => {
    const setup = byGtid(driver);
    const [a, b] = (await ring(lab, [11, 12], {
      ...setup,
      options: [...setup.options, ...STATEMENTS, '--relay-log-purge=0'],
    })) as [LiveServer, LiveServer];
    // Held back until the id is the old one: what comes back under an own id is dropped on its way
    b.sql(b.words().stopReceiver);
    a.sql('SET GLOBAL server_id = 99');
    a.sql("INSERT INTO app.journal VALUES ('of a foreign id')");
    a.sql('SET GLOBAL server_id = 11');
    b.sql(b.words().startReceiver);
    await caughtUp(b, a);
    writeOrders(b, 1, 3);
    await caughtUp(a, b);
    writeOrders(a, 10, 3);
    await caughtUp(b, a);
    expect(countOf(a, 'app.journal')).toBe(1);
    const report = lab.scan([a, b]);
    expect(alarmsOf(report)).toEqual([]);
    expect(report.plan).toEqual([]);
  },
  { not: { mariadb: 'does not skip what it has executed, unless in strict mode' } },
);

scenario('a row with a key loops until it meets itself: told once, as one trouble', async (lab) => {
  const [a, b] = await ringWithoutThird(lab, {
    options: ['--binlog-format=ROW'],
    write: "INSERT INTO app.orders VALUES (777, 'again')",
    count: '',
    facts: { tables: ['app.orders'] },
  });
  await until('an applier stops', () => [a, b].some((one) => errorsOf(one)[1] === 1062));
  const report = lab.scan([a, b]);
  expect(
    alarmsOf(report).filter((alarm) => !/^(?:apply-error|foreign-server-id-loop)/.test(alarm)),
  ).toEqual([]);
  expect(findingOf(report, 'apply-error')?.facts).toMatchObject({ errorNumber: 1062 });
});
