import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { scan } from '../../src/scan.ts';
import { binaryLog, RelayLog, START, VERSION, write } from '../support/relay-log.ts';
import { foundOf } from '../support/replica.ts';
import type { Files } from '../support/scan-bytes.ts';
import { errorLog56, READY56 } from '../support/thread-lines.ts';

const RULE = 'apply-error';
/** Of a server that has left the ring. */
const GONE = 13;

const recorded = fileURLToPath(new URL('../confounders/files/key-loop', import.meta.url));
const now = new Date('2026-11-21T04:00:00Z');

const classIn = async (...folders: readonly string[]): Promise<unknown> => {
  const { findings } = await scan(folders, { now });
  return findings.find(({ rule }) => rule === RULE)?.facts['class'];
};

describe.each(['mariadb', 'mysql-5.6', 'mysql'])(
  'a ring of two that a server has left, on %s',
  (server) => {
    test('with both sides: the source had it from here', async () => {
      expect(await classIn(join(recorded, server))).toBe('came-back');
    });

    test('with one side nothing tells it from a position that is too old', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'repl-forensics-'));
      try {
        cpSync(join(recorded, server, 'db11'), join(folder, 'db11'), { recursive: true });
        expect(await classIn(folder)).toBe('applied-before');
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  },
);

const one = (n: number, serverId = 1) => ({ serverId, at: START + n, xid: n, thread: n });
const back = one(4, GONE);

/** The own log as given; in the relay log 1, 2 and 3 of the source, then what came back, at which it stops. */
const stopped = (
  own: ReadonlyArray<ReturnType<typeof one>>,
  {
    version = VERSION.mariadb,
    failing = back,
    more = {},
  }: {
    readonly version?: string;
    readonly failing?: ReturnType<typeof one>;
    readonly more?: Files;
  } = {},
): unknown => {
  const relay = new RelayLog({ version }).connect({ position: 700 });
  for (const each of [one(1), one(2), one(3), failing]) relay.write(each);
  const end = relay.position;
  relay.write(one(5));
  const log = binaryLog({ serverId: 2, version });
  for (const each of own) write(log, each);
  const failed = `[ERROR] Slave SQL: Could not execute Write_rows event on table shop.orders; Duplicate entry '3' for key 'PRIMARY', Error_code: 1062; handler error HA_ERR_FOUND_DUPP_KEY; the event's master log mysql-bin.000001, end_log_pos ${end}, Error_code: 1062`;
  const files = {
    'r/relay-bin.000002': relay,
    'r/mysql-bin.000001': log,
    'r/db.err': errorLog56(READY56, [10, failed]),
    ...more,
  };
  return (foundOf(RULE, files).facts as { class: string }).class;
};

describe('with one side, by the order of the own log', () => {
  test('it stands there before what came before it', () => {
    expect(stopped([back, one(1), one(2), one(3)])).toBe('came-back');
  });

  test('it stands there behind that: the position is too old', () => {
    expect(stopped([one(1), one(2), one(3), back])).toBe('applied-before');
  });

  test('what stands there behind it was applied twice: the position is too old', () => {
    expect(stopped([one(1), one(2), one(3), back, one(1), one(2), one(3)])).toBe('applied-before');
  });

  test('its server is the source, which drops what comes back', () => {
    const failing = one(4);
    expect(stopped([failing, one(1), one(2), one(3)], { failing })).toBe('applied-before');
  });

  test('workers of MySQL may change the order', () => {
    const own = [back, one(1), one(2), one(3)];
    const version = VERSION.mysql57;
    const more = { 'r/my.cnf': '[mysqld]\nserver_id=2\nslave_parallel_workers=4\n' };
    expect(stopped(own, { version, more })).toBe('applied-before');
    const alone = { 'r/my.cnf': '[mysqld]\nserver_id=2\nslave_parallel_workers=0\n' };
    expect(stopped(own, { version, more: alone })).toBe('came-back');
  });
});
