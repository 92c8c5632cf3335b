import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect } from 'vitest';
import { eventsOf } from '../damage.ts';
import type { Driver } from '../drivers/driver.ts';
import { alarmsOf } from '../healed.ts';
import type { Lab } from '../lab.ts';
import type { LiveServer } from '../live-server.ts';
import { caughtUp, isReplicating } from '../replica-status.ts';
import { scenario } from '../scenario.ts';
import { session } from '../session.ts';
import { expectEqualTables } from '../tables.ts';
import { byGtid, pair, writeOrders } from '../topologies.ts';
import { until } from '../until.ts';

/** What was executed stays, so that a copy tells the whole story. */
const KEPT = '--relay-log-purge=0';

type Two = readonly [LiveServer, LiveServer];

const expectNothing = async (lab: Lab, [source, replica]: Two): Promise<void> => {
  await until('it replicates', () => isReplicating(replica));
  await caughtUp(replica, source);
  expectEqualTables(source, replica);
  const report = lab.scan([source, replica]);
  expect(alarmsOf(report)).toEqual([]);
  expect(report.plan).toEqual([]);
};

const LARGE_TRANSACTION = `BEGIN; ${"INSERT INTO app.journal VALUES (REPEAT('large ', 30));".repeat(60)} COMMIT;`;

const MODES: readonly (readonly [string, (driver: Driver) => ReturnType<typeof byGtid>])[] = [
  ['by position', () => ({ options: [KEPT], change: {} })],
  ['by GTID', (driver) => ({ ...byGtid(driver), options: [...byGtid(driver).options, KEPT] })],
];

for (const [mode, setupOf] of MODES) {
  scenario(`relay logs rotated by their size, ${mode}: no alarm`, async (lab, driver) => {
    const { options, change } = setupOf(driver);
    const two = await pair(lab, { change, options: [...options, '--max-relay-log-size=4096'] });
    two[0].sql(LARGE_TRANSACTION);
    writeOrders(two[0], 1, 5);
    await expectNothing(lab, two);
  });

  // Without NO_WRITE_TO_BINLOG the statement is logged: with GTIDs of MySQL an errant transaction
  scenario(`FLUSH RELAY LOGS, ${mode}: no alarm`, async (lab, driver) => {
    const two = await pair(lab, setupOf(driver));
    const [source, replica] = two;
    for (let n = 1; n <= 3; n += 1) {
      writeOrders(source, n * 10, 3);
      await caughtUp(replica, source);
      replica.sql('FLUSH NO_WRITE_TO_BINLOG RELAY LOGS');
    }
    await expectNothing(lab, two);
  });

  scenario(
    `both threads, and each alone, stopped and started, ${mode}: no alarm`,
    async (lab, driver) => {
      const two = await pair(lab, setupOf(driver));
      const [source, replica] = two;
      const { stop, start, stopApplier, startApplier, stopReceiver, startReceiver } =
        replica.words();
      const pairs = [
        [stop, start],
        [stopReceiver, startReceiver],
        [stopApplier, startApplier],
      ];
      for (const [n, [off = '', on = '']] of pairs.entries()) {
        writeOrders(source, n * 10, 3);
        await caughtUp(replica, source);
        replica.sql(off);
        writeOrders(source, n * 10 + 3, 3);
        replica.sql(on);
      }
      await expectNothing(lab, two);
    },
  );

  scenario(
    `a source that goes on in its next binary log, ${mode}: no alarm`,
    async (lab, driver) => {
      const two = await pair(lab, setupOf(driver));
      const [source, replica] = two;
      for (let n = 1; n <= 3; n += 1) {
        writeOrders(source, n * 10, 3);
        await caughtUp(replica, source);
        source.sql('FLUSH LOGS');
      }
      writeOrders(source, 100, 3);
      await expectNothing(lab, two);
    },
  );
}

scenario('checksums that are switched on and off while it runs: no alarm', async (lab) => {
  const two = await pair(lab, { options: [KEPT, '--binlog-checksum=NONE'] });
  const [source, replica] = two;
  for (const [n, checksum] of ['CRC32', 'NONE', 'CRC32'].entries()) {
    source.sql(`SET GLOBAL binlog_checksum = ${checksum}`);
    writeOrders(source, n * 10 + 1, 3);
    await caughtUp(replica, source);
  }
  await expectNothing(lab, two);
});

const newestLog = ({ datadir }: LiveServer): string => {
  const names = readdirSync(datadir).filter((name) => /^mysql-bin\.\d+$/.test(name));
  return join(datadir, names.sort().at(-1) ?? '');
};

/** Does its last event lack bytes? */
const isTorn = (path: string): boolean => {
  const { offset = 0, size = 0 } = eventsOf(path).at(-1) ?? {};
  return offset + size > statSync(path).size;
};

const EVENT_BYTES = 2_000_000;
const EVENTS = 12;
const ATTEMPTS = 10;

/**
 * Stops the server while it writes its binary log, lets `look`, and has it go on. A transaction goes to the log
 * at its commit, in pieces of some KiB: the half of it is all but surely inside an event.
 */
const amidWriting = async (source: LiveServer, look: (log: string) => void): Promise<void> => {
  const { pid } = source;
  const log = newestLog(source);
  const half = statSync(log).size + (EVENTS * EVENT_BYTES) / 2;
  const row = `INSERT INTO app.journal VALUES (REPEAT('x', ${EVENT_BYTES}));`;
  let ended = false;
  const writing = session(source, `BEGIN; ${row.repeat(EVENTS)} COMMIT;`).finally(() => {
    ended = true;
  });
  try {
    while (!ended && statSync(log).size < half) await Promise.race([writing, nextTurn()]);
    process.kill(pid, 'SIGSTOP');
    look(log);
  } finally {
    process.kill(pid, 'SIGCONT');
    await writing;
  }
};

scenario(
  'a binary log that is copied while the server writes to it: no damage',
  async (lab) => {
    // MySQL 5.6.24 refuses BLOBs of more than a tenth of its redo log in one transaction (1118)
    const options = ['--binlog-format=ROW', '--innodb-log-file-size=128M'];
    const [source] = (await lab.servers([11], options)) as [LiveServer];
    source.sql('CREATE DATABASE app; CREATE TABLE app.journal (txt LONGTEXT)');
    let torn = false;
    for (let attempt = 0; attempt < ATTEMPTS && !torn; attempt += 1) {
      source.sql(source.driver.words.resetSource);
      await amidWriting(source, (log) => {
        torn = isTorn(log);
        if (!torn) return;
        const report = lab.scan([source]);
        expect(alarmsOf(report)).toEqual([]);
        expect(report.plan).toEqual([]);
      });
    }
    expect(torn).toBe(true);
  },
  { not: { mysql: 'a server that stands still cannot be asked for its status' } },
);
