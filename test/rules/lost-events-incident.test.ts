import { describe, expect, test } from 'vitest';
import { rules } from '../../src/rules/index.ts';
import { log } from '../support/build-log.ts';
import { binaryLog, RelayLog, VERSION, write } from '../support/relay-log.ts';
import { foundOf } from '../support/replica.ts';
import { type Files, outcomeOf, reportOf } from '../support/scan-bytes.ts';
import { masterInfo, relayLogInfo } from '../support/status-files.ts';

const RULE = 'lost-events-incident';

const relayed = (version: string = VERSION.mysql56, gtid = false) => {
  const relay = new RelayLog({ version }).connect({ position: 500 }).write();
  const before = { offset: relay.length, position: relay.position };
  relay.events((built) => (gtid ? built.gtid(9) : built).incident());
  const behind = { offset: relay.length, position: relay.position };
  return { relay, before, behind };
};

const fixOf = (files: Files) => {
  const outcome = outcomeOf(RULE, files);
  return outcome.status === 'found' ? outcome.findings.map(({ fix }) => fix) : [];
};

describe('found', () => {
  test('in a source’s log: critical, with what it says', () => {
    const built = write(binaryLog()).incident();
    expect(foundOf(RULE, { 's/mysql-bin.000001': built })).toMatchObject({
      severity: 'critical',
      confidence: 'proven',
      summary: expect.stringContaining('“lost”'),
      at: [{ offset: built.event(-1).offset, length: built.event(-1).size }],
      facts: { code: 1, message: 'lost', log: 'binary-log', passed: null },
    });
  });

  test('in a relay log before which the applier stands: critical, with its place in the source', () => {
    const { relay, before } = relayed();
    const files = { 'r/relay-bin.000002': relay, 'r/relay-log.info': relayLogInfo(before) };
    expect(foundOf(RULE, files)).toMatchObject({
      severity: 'critical',
      at: [{ source: { file: 'mysql-bin.000001', position: before.position } }],
      facts: { passed: false, sourcePosition: before.position },
    });
  });

  test('behind the applier it was passed by hand: high, and what is missing stays so', () => {
    const { relay, behind } = relayed();
    const files = { 'r/relay-bin.000002': relay, 'r/relay-log.info': relayLogInfo(behind) };
    expect(foundOf(RULE, files)).toMatchObject({ severity: 'high', facts: { passed: true } });
    expect(fixOf(files)).toMatchObject([
      { steps: [], withheld: expect.stringContaining('rebuild'), alternatives: [] },
    ]);
  });

  test('a GRANT that fails writes the same on MySQL 5.6, and that is said', () => {
    const words = 'error writing to the binary log';
    const body = Buffer.concat([Buffer.from([1, 0, words.length]), Buffer.from(words)]);
    const of = (version: string) =>
      foundOf(RULE, { 's/mysql-bin.000001': write(binaryLog({ version })).put(26, body) });
    expect(of(VERSION.mysql56)).toMatchObject({
      facts: { mayBeFailedGrant: true },
      summary: expect.stringContaining('#68892'),
    });
    for (const version of [VERSION.mysql57, VERSION.mariadb]) {
      expect(of(version)).toMatchObject({ facts: { mayBeFailedGrant: false } });
    }
  });
});

test('what a replica received of it follows from it, where both were given', async () => {
  const built = write(binaryLog()).incident();
  const { relay } = relayed();
  const report = await reportOf(
    { 's/mysql-bin.000001': built, 'r/relay-bin.000002': relay },
    { rules },
  );
  const of = (server: number) =>
    report.findings.find((finding) => finding.rule === RULE && finding.server === server);
  expect(of(1)).toMatchObject({ causedBy: null });
  expect(of(2)).toMatchObject({ causedBy: of(1)?.fingerprint });
  const alone = await reportOf({ 'r/relay-bin.000002': relay }, { rules });
  expect(alone.findings.find(({ rule }) => rule === RULE)).toMatchObject({ causedBy: null });
});

describe('passing over it is an alternative with a price', () => {
  const steps = (version: string, gtid = false, more: Files = {}) =>
    fixOf({ 'r/relay-bin.000002': relayed(version, gtid).relay, ...more }).map((fix) => ({
      withheld: fix?.withheld,
      run: fix?.alternatives.flatMap((one) => one.steps.map(({ run }) => run)),
    }));

  test('without GTIDs one transaction is counted', () => {
    expect(steps(VERSION.mysql56)).toMatchObject([
      {
        withheld: expect.stringContaining('rebuild this slave from server 1'),
        run: [
          'SHOW SLAVE STATUS\\G',
          'STOP SLAVE;',
          'SET GLOBAL sql_slave_skip_counter = 1;',
          'START SLAVE;',
        ],
      },
    ]);
  });

  test('with them an empty transaction takes its place', () => {
    const [one] = steps(VERSION.mysql84, true);
    expect(one?.run?.[2]).toBe(
      "SET GTID_NEXT = '3e11fa47-71ca-11e1-9e33-c80aa9429562:9'; BEGIN; COMMIT; SET GTID_NEXT = 'AUTOMATIC';",
    );
  });

  test('none where GTIDs are on and it has none', () => {
    const relay = new RelayLog({ version: VERSION.mysql84 })
      .connect({ position: 500 })
      .write({ gno: 5 })
      .events((built) => built.incident());
    expect(fixOf({ 'r/relay-bin.000002': relay })).toMatchObject([{ alternatives: [] }]);
  });

  test('MariaDB: of the connection that it came by', () => {
    const name = 'r/relay-bin-west.000002';
    const files: Files = {
      [name]: relayed(VERSION.mariadb).relay,
      'r/master-west.info': masterInfo(),
    };
    const [fix] = fixOf(files);
    expect(fix?.alternatives[0]?.steps[2]?.run).toBe(
      "SET default_master_connection = 'west'; SET GLOBAL sql_slave_skip_counter = 1;",
    );
  });
});

test.each<[string, Files]>([
  ['a log without one', { 's/mysql-bin.000001': write(binaryLog()) }],
  [
    'one that says that nothing happened',
    {
      's/mysql-bin.000001': log()
        .format()
        .put(26, Buffer.from([0, 0, 0])),
    },
  ],
])('clear: %s', (_name, files) => {
  expect(outcomeOf(RULE, files).status).toBe('clear');
});

test('not assessed where the log cannot be read', () => {
  const files = { 's/mysql-bin.000001': Buffer.from('fd62696e0001', 'hex') };
  expect(outcomeOf(RULE, files).status).toBe('not-assessed');
});
