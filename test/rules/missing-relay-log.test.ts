import { describe, expect, test } from 'vitest';
import type { Fix } from '../../src/rules/finding.ts';
import { type Proof, ringRelay } from '../support/loop-logs.ts';
import { RelayLog, VERSION } from '../support/relay-log.ts';
import { placeOf, received, fixOf as repairOf, replica } from '../support/replica.ts';
import { type Files, findingsOf } from '../support/scan-bytes.ts';
import { mariadbMasterInfo, masterInfo } from '../support/status-files.ts';

const INDEX = ['000001', '000002', '000003'].map((n) => `./relay-bin.${n}\n`).join('');

/** A ring's member whose relay log 000002 is gone, though the index names it. */
const member = (version: string, proof: Proof, more: Files = {}): Files => ({
  'b/relay-bin.000001': new RelayLog({ version }).connect({ position: 4 }),
  'b/relay-bin.000003': ringRelay({ proof, version }),
  'b/relay-bin.index': INDEX,
  ...more,
});

const fixOf = (files: Files): Fix => {
  const [one] = findingsOf('foreign-server-id-loop', files);
  if (!one?.fix) throw new Error('no fix');
  return one.fix;
};

const changes = ({ steps }: Fix): string[] =>
  steps.filter(({ kind }) => kind === 'change').map(({ run }) => run);

describe('a relay log that the index names is gone: START would be refused after a CHANGE alone', () => {
  test('MySQL 8.4: the position is noted, then RESET, then the CHANGE gives it again', () => {
    const fix = fixOf(member(VERSION.mysql84, 'original-commit-timestamp'));
    expect(changes(fix)).toEqual([
      'STOP REPLICA;',
      "RESET REPLICA FOR CHANNEL '';",
      "CHANGE REPLICATION SOURCE TO SOURCE_LOG_FILE = 'FILE', SOURCE_LOG_POS = POSITION, IGNORE_SERVER_IDS = (3);",
      'START REPLICA;',
    ]);
    const runs = fix.steps.map(({ run }) => run);
    const noted = fix.steps.findIndex(({ expect: text }) => text?.includes('note them'));
    expect(runs[noted]).toBe('SHOW REPLICA STATUS\\G');
    expect(noted).toBeGreaterThan(runs.indexOf('STOP REPLICA;'));
    expect(noted).toBeLessThan(runs.findIndex((run) => run.startsWith('RESET')));
    expect(fix.preconditions.map(({ text }) => text)).toContainEqual(
      expect.stringContaining('relay-bin.000002'),
    );
  });

  test('MySQL 5.6: RESET does nothing until a file of that name is there', () => {
    const fix = fixOf(member(VERSION.mysql56, 'content', { 'b/master.info': masterInfo() }));
    expect(changes(fix)).toEqual([
      'STOP SLAVE;',
      'touch "$DATADIR"/relay-bin.000002',
      'RESET SLAVE;',
      "CHANGE MASTER TO MASTER_LOG_FILE = 'FILE', MASTER_LOG_POS = POSITION, IGNORE_SERVER_IDS = (3);",
      'START SLAVE;',
    ]);
  });

  test('MariaDB with GTIDs: no position, the mode is named again', () => {
    const info = mariadbMasterInfo({ usingGtid: 'current_pos' });
    const fix = fixOf(member(VERSION.mariadb, 'mariadb-gtid', { 'b/master.info': info }));
    expect(changes(fix).slice(1, 3)).toEqual([
      'RESET SLAVE;',
      'CHANGE MASTER TO MASTER_USE_GTID = current_pos, IGNORE_SERVER_IDS = (3), MASTER_HEARTBEAT_PERIOD = 30.000;',
    ]);
  });
});

test('a repair by coordinates has them already', () => {
  const ten = received(10);
  const { offset, position } = placeOf(ten, 4);
  const files = replica(
    ten.relay,
    { info: { offset: offset - 7, position }, master: placeOf(ten, 10) },
    {
      'r/relay-bin.000004': new RelayLog({ version: VERSION.mysql56 }).connect({ position: 9000 }),
      'r/relay-bin.index': INDEX.concat('./relay-bin.000004\n'),
    },
  );
  const { run } = repairOf('position-off-boundary', files);
  expect(run.filter((statement) => /^(?:touch|RESET|CHANGE)/.test(statement))).toEqual([
    'touch "$DATADIR"/relay-bin.000003',
    'RESET SLAVE;',
    `CHANGE MASTER TO MASTER_LOG_FILE = 'mysql-bin.000001', MASTER_LOG_POS = ${position};`,
  ]);
});

describe('no RESET', () => {
  test.each([
    ['the oldest ones were not copied', { 'b/relay-bin.000001': null }],
    ['the index names those that are there', { 'b/relay-bin.index': INDEX.replace(/.*2\n/, '') }],
    ['no index was given', { 'b/relay-bin.index': null }],
  ] as const)('%s', (_, changed) => {
    const files = { ...member(VERSION.mysql84, 'original-commit-timestamp'), ...changed };
    const given = Object.fromEntries(
      Object.entries(files).filter(([, content]) => content !== null),
    ) as Files;
    expect(changes(fixOf(given))).toEqual([
      'STOP REPLICA;',
      'CHANGE REPLICATION SOURCE TO IGNORE_SERVER_IDS = (3);',
      'START REPLICA;',
    ]);
  });
});
