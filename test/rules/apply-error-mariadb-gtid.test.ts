import { describe, expect, test } from 'vitest';
import { binaryLog, RelayLog, START, VERSION, write } from '../support/relay-log.ts';
import { foundOf } from '../support/replica.ts';
import { type Files, outcomeOf } from '../support/scan-bytes.ts';
import { mariadbMasterInfo } from '../support/status-files.ts';
import { slaveStatus } from '../support/thread-lines.ts';

const RULE = 'apply-error';
const version = VERSION.mariadb;

/** Replica 2 of server 1, by GTID, whose applier has stopped; `domains` of what it received. */
const stopped = (
  error: readonly [number: number, text: string],
  { domains = [0], own = 3, more = {} }: { domains?: number[]; own?: number; more?: Files } = {},
): Files => {
  const relay = new RelayLog({ version }).connect({ version });
  const log = binaryLog({ serverId: 2, version });
  for (const domain of domains) {
    for (const sequence of [1, 2]) {
      relay.write({ serverId: 1, domain, sequence });
      write(log, { serverId: 1, domain, sequence });
    }
  }
  relay.write({ serverId: 1, sequence: 3 });
  write(log, { serverId: own, sequence: 7, at: START + 5 });
  return {
    'r/relay-bin.000001': relay,
    'r/replica-bin.000001': log,
    'r/master.info': mariadbMasterInfo({ usingGtid: 'slave_pos' }),
    'r/status.txt': slaveStatus({
      Slave_SQL_Running: 'No',
      Last_SQL_Errno: error[0],
      Last_SQL_Error: error[1],
      Using_Gtid: 'Slave_Pos',
    }),
    ...more,
  };
};

const alternativesOf = (files: Files): readonly string[][] => {
  const outcome = outcomeOf(RULE, files);
  if (outcome.status !== 'found') throw new Error(outcome.status);
  return (outcome.findings[0]?.fix?.alternatives ?? []).map(({ steps }) =>
    steps.map(({ run }) => run),
  );
};

describe('gtid_strict_mode refuses a lower number (1950)', () => {
  const refusal = (writer: number): readonly [number, string] => [
    1950,
    `An attempt was made to binlog GTID 0-1-3 which would create an out-of-order sequence number with existing GTID 0-${writer}-7, and gtid strict mode is enabled`,
  ];

  test('the higher one is shown where it stands, and who wrote it is said', () => {
    const found = foundOf(RULE, stopped(refusal(2), { own: 2 }));
    expect(found.title).toContain('this server itself wrote 0-2-7 in that domain');
    expect(found.at).toContainEqual(
      expect.objectContaining({ path: 'r/replica-bin.000001', gtid: '0-2-7' }),
    );
  });

  test('of another server: its id is said', () => {
    const found = foundOf(RULE, stopped(refusal(3)));
    expect(found.title).toContain('0-3-7 of server 3, a later one of that domain, is here already');
  });

  test('that the logs do not show: no place', () => {
    const found = foundOf(RULE, stopped(refusal(5)));
    expect(found.at.filter(({ gtid }) => gtid === '0-5-7')).toEqual([]);
  });

  test('another way is to take it out of order', () => {
    expect(alternativesOf(stopped(refusal(2), { own: 2 }))).toEqual([
      ['SHOW SLAVE STATUS\\G', 'SET GLOBAL gtid_strict_mode = 0;', 'START SLAVE SQL_THREAD;'],
    ]);
  });
});

describe('passing a group by', () => {
  const duplicate = [
    1062,
    "Error 'Duplicate entry '1' for key 'PRIMARY'' on query. Default database: ''. Query: 'INSERT INTO t VALUES (1)', Gtid 0-1-3",
  ] as const;
  const COUNTER = 'SET GLOBAL sql_slave_skip_counter = 1;';
  const skip = (files: Files): string | undefined =>
    alternativesOf(files)
      .flat()
      .find((run) => run.startsWith('SET GLOBAL'));
  const workers = (count: number): Files => ({
    'r/variables.txt': `Variable_name\tValue\nserver_id\t2\nslave_parallel_threads\t${count}\nversion\t${version}\n`,
  });

  test('of several domains with parallel workers: the counter is refused there (1966)', () => {
    const files = stopped(duplicate, { domains: [0, 5], more: workers(4) });
    const position =
      "SET GLOBAL gtid_slave_pos = REGEXP_REPLACE(@@GLOBAL.gtid_slave_pos, '(?<![^,])0-[0-9]+-[0-9]+', '0-1-3');";
    expect(alternativesOf(files)).toEqual([
      ['SHOW SLAVE STATUS\\G', 'STOP SLAVE;', position, 'START SLAVE;'],
    ]);
    // Nothing tells how many there are: this is never refused
    expect(skip(stopped(duplicate, { domains: [0, 5] }))).toBe(position);
  });

  test('of one domain, without workers, or by position: the counter', () => {
    expect(skip(stopped(duplicate, { more: workers(4) }))).toBe(COUNTER);
    expect(skip(stopped(duplicate, { domains: [0, 5], more: workers(0) }))).toBe(COUNTER);
    const byPosition = { 'r/master.info': mariadbMasterInfo({ usingGtid: 'no' }) };
    expect(
      skip(stopped(duplicate, { domains: [0, 5], more: { ...workers(4), ...byPosition } })),
    ).toBe(COUNTER);
  });
});

describe('a table that a filter leaves out', () => {
  const missing = [
    1146,
    "Error 'Table 'app.t2' doesn't exist' on query. Default database: ''. Query: 'INSERT INTO app.journal SELECT id FROM app.t2', Gtid 0-1-3",
  ] as const;
  const explained = (filters: Readonly<Record<string, string>>): string => {
    const outcome = outcomeOf(
      RULE,
      stopped(missing, {
        more: {
          'r/status.txt': slaveStatus({
            Slave_SQL_Running: 'No',
            Last_SQL_Errno: missing[0],
            Last_SQL_Error: missing[1],
            Using_Gtid: 'Slave_Pos',
            ...filters,
          }),
        },
      }),
    );
    if (outcome.status !== 'found') throw new Error(outcome.status);
    return outcome.findings[0]?.explanation ?? '';
  };

  test.each([
    ['Replicate_Ignore_Table', 'app.other,app.t2', 'app.t2'],
    ['Replicate_Wild_Ignore_Table', 'app.t_', 'app.t_'],
    ['Replicate_Wild_Ignore_Table', 'a%.%', 'a%.%'],
    ['Replicate_Ignore_DB', 'app', 'app'],
  ])('%s: %s', (name, value, named) => {
    expect(explained({ [name]: value })).toContain(`leaves it out: ${name} is ${named}.`);
  });

  test.each([
    ['Replicate_Ignore_Table', 'app.t'],
    ['Replicate_Wild_Ignore_Table', String.raw`app.t\_`],
    ['Replicate_Wild_Ignore_Table', 'appx%'],
    ['Replicate_Ignore_DB', 'app2'],
  ])('not by %s: %s', (name, value) => {
    expect(explained({ [name]: value })).not.toContain('leaves it out');
  });
});

test('an error whose event has no place in the source’s log is told by where the applier stopped', () => {
  const found = foundOf(
    RULE,
    stopped([
      1032,
      "Could not execute Update_rows_v1 event on table app.orders; Can't find record in 'orders', Error_code: 1032; handler error HA_ERR_KEY_NOT_FOUND; the event's master log mysql-bin.000001, end_log_pos 0",
    ]),
  );
  expect(found.title).not.toContain('mysql-bin.000001:0');
});
