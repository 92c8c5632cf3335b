import { describe, expect, test } from 'vitest';
import { rules } from '../../src/rules/index.ts';
import { gtidBinlog, gtidRelay, REPLICA, SOURCE } from '../support/gtid-servers.ts';
import { ringBinlog, ringRelay } from '../support/loop-logs.ts';
import {
  binaryLog,
  RelayLog,
  START,
  type Transaction,
  VERSION,
  write,
} from '../support/relay-log.ts';
import { foundOf } from '../support/replica.ts';
import { type Files, outcomeOf, reportOf } from '../support/scan-bytes.ts';
import { mariadbMasterInfo } from '../support/status-files.ts';

const RULE = 'duplicate-gtid';

const nothing = (files: Files): void => expect(outcomeOf(RULE, files).status).toBe('clear');

describe('MariaDB', () => {
  const version = VERSION.mariadb;
  const own = (...transactions: readonly Transaction[]) => {
    const log = binaryLog({ serverId: 2, version });
    for (const transaction of transactions) write(log, { serverId: 1, ...transaction });
    return log;
  };
  /** Gtid_list with one entry. */
  const list = (server: number, sequence: number): Buffer => {
    const body = Buffer.alloc(20);
    body.writeUInt32LE(1, 0);
    body.writeUInt32LE(server, 8);
    body.writeBigUInt64LE(BigInt(sequence), 12);
    return body;
  };

  test('the same transaction twice in one log: high and proven, both copies are shown', () => {
    const found = foundOf(RULE, {
      'r/replica-bin.000001': own({ sequence: 1 }, { sequence: 2 }, { sequence: 1 }),
    });
    expect(found).toMatchObject({
      severity: 'high',
      confidence: 'proven',
      title: '0-1-1 stands 2 times in the binary logs of server 2',
      facts: { gtids: 1, mostRepeated: '0-1-1', copies: 2, serverId: 1, sameTransaction: true },
    });
    expect(found.at.map(({ gtid }) => gtid)).toEqual(['0-1-1', '0-1-1']);
    expect(found.at[0]?.offset).toBeLessThan(found.at[1]?.offset ?? 0);
  });

  test('in two logs that go on from one another', () => {
    const next = binaryLog({ serverId: 2, version }).put(163, list(1, 2));
    const found = foundOf(RULE, {
      'r/replica-bin.000001': own({ sequence: 1 }, { sequence: 2 }),
      'r/replica-bin.000002': write(next, { serverId: 1, sequence: 2 }),
    });
    expect(found.at.map(({ path }) => path)).toEqual([
      'r/replica-bin.000001',
      'r/replica-bin.000002',
    ]);
  });

  test('two transactions under one GTID: high by GTID, low by position', () => {
    const files = (usingGtid: 'no' | 'slave_pos'): Files => ({
      'r/replica-bin.000001': own({ sequence: 1 }, { sequence: 1, at: START + 500 }),
      'r/relay-bin.000001': new RelayLog({ version }).connect({ version }),
      'r/master.info': mariadbMasterInfo({ usingGtid }),
    });
    const facts = { sameTransaction: false };
    expect(foundOf(RULE, files('slave_pos'))).toMatchObject({ severity: 'high', facts });
    expect(foundOf(RULE, files('no'))).toMatchObject({ severity: 'low', facts });
  });

  test('no statement is printed', () => {
    const files = { 'r/replica-bin.000001': own({ sequence: 1 }, { sequence: 1 }) };
    expect(outcomeOf(RULE, files)).toMatchObject({
      findings: [{ fix: { steps: [], withheld: expect.stringContaining('compare the tables') } }],
    });
  });

  test('a loop is the cause, on every server that it is seen on', async () => {
    const proof = 'mariadb-gtid';
    const report = await reportOf(
      {
        'b/relay-bin.000001': ringRelay({ proof }),
        'b/b-bin.000001': ringBinlog({ proof }),
        'a/relay-bin.000001': ringRelay({ proof, serverId: 1, source: 2 }),
        'a/a-bin.000001': ringBinlog({ proof, serverId: 1, source: 2 }),
      },
      { rules },
    );
    const loop = report.findings.find(({ rule }) => rule === 'foreign-server-id-loop');
    const duplicates = report.findings.filter(({ rule }) => rule === RULE);
    expect(duplicates.map(({ server, causedBy, fix }) => [server, causedBy, fix])).toEqual([
      [1, loop?.fingerprint, null],
      [2, loop?.fingerprint, null],
    ]);
  });

  describe('not taken for it', () => {
    test('numbers out of order, of several writers in one domain', () => {
      const log = own({ sequence: 1 }, { sequence: 2, serverId: 7 }, { sequence: 2 });
      nothing({ 'r/replica-bin.000001': write(log, { serverId: 7, sequence: 1 }) });
    });

    test('the same number in two domains', () => {
      const log = own({ sequence: 1 });
      log.mariadbGtid(1, { serverId: 1, domain: 5 }).query('INSERT INTO a VALUES (1)').xid(1);
      nothing({ 'r/replica-bin.000001': log });
    });

    test('a log from before a RESET beside those after it', () => {
      const old = binaryLog({ serverId: 2, version }).put(163, list(9, 4));
      nothing({
        'r/replica-bin.000001': own({ sequence: 1, at: START + 900 }),
        'r/replica-bin.000002': write(old, { serverId: 1, sequence: 1 }),
      });
    });
  });
});

describe('MySQL', () => {
  test('in one log, tagged too', () => {
    const log = gtidBinlog({ written: [[`${SOURCE}:1-3:adhoc:1`], [`${SOURCE}:adhoc:1`]] });
    expect(foundOf(RULE, { 's/mysql-bin.000001': log })).toMatchObject({
      severity: 'high',
      facts: { mostRepeated: `${SOURCE}:adhoc:1`, copies: 2 },
    });
  });

  test('in a later log that counts the first one', () => {
    const files = {
      's/mysql-bin.000001': gtidBinlog({ written: [[`${SOURCE}:1-3`]], next: 'mysql-bin.000002' }),
      's/mysql-bin.000002': gtidBinlog({ before: `${SOURCE}:1-3`, written: [[`${SOURCE}:3-4`]] }),
    };
    expect(foundOf(RULE, files)).toMatchObject({
      facts: { gtids: 1, mostRepeated: `${SOURCE}:3` },
      excluded: [{ why: 'the later log counts what the earlier one holds' }],
    });
  });

  test('not in a later log that does not: it is of another history', () => {
    nothing({
      's/mysql-bin.000001': gtidBinlog({ at: START + 900, written: [[`${SOURCE}:1-9`]] }),
      's/mysql-bin.000002': gtidBinlog({ before: `${SOURCE}:1-3`, written: [[`${SOURCE}:4-9`]] }),
    });
  });

  test('not in the relay logs, where a reconnect stores transactions again', () => {
    nothing({
      'r/relay-bin.000001': gtidRelay({ written: [[`${SOURCE}:1-3`]], next: 'relay-bin.000002' }),
      'r/relay-bin.000002': gtidRelay({ before: `${SOURCE}:1-2`, written: [[`${SOURCE}:3-4`]] }),
      'r/replica-bin.000001': gtidBinlog({ serverId: 2, written: [[`${SOURCE}:1-4`]] }),
    });
  });

  test('not one that broke off and began anew', () => {
    const log = gtidBinlog({ written: [[`${REPLICA}:1`]] });
    write(log, { gno: 7, open: true });
    write(log, { gno: 7 });
    nothing({ 's/mysql-bin.000001': log });
  });
});

test('not assessed without an own binary log', () => {
  const files = { 'r/relay-bin.000001': gtidRelay({ written: [[`${SOURCE}:1-3`]] }) };
  expect(outcomeOf(RULE, files)).toMatchObject({
    status: 'not-assessed',
    missing: [expect.stringContaining('own binary logs')],
  });
});

test('clear where no transaction has a GTID', () => {
  nothing({ 's/mysql-bin.000001': write(write(binaryLog())) });
});
