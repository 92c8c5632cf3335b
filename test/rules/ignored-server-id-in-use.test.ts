import { describe, expect, test } from 'vitest';
import { binaryLog, RelayLog, START, times, VERSION, write } from '../support/relay-log.ts';
import { fixOf, foundOf } from '../support/replica.ts';
import { type Files, outcomeOf } from '../support/scan-bytes.ts';
import { mariadbMasterInfo, masterInfo, relayLogInfo } from '../support/status-files.ts';

const RULE = 'ignored-server-id-in-use';

interface Case {
  /** When the ignored server wrote, counted from the start of the receiver. */
  readonly written?: number;
  readonly ignore?: readonly number[];
  readonly version?: string;
  readonly withSource?: boolean;
  /** Holes in the relay log. */
  readonly holes?: number;
  readonly autoPosition?: boolean;
  /** The relay log holds its events. */
  readonly stored?: boolean;
}

/** Server 2 receives from server 1, which passes events of server 9 on. */
const files = ({
  written = 60,
  ignore = [9],
  version = VERSION.mysql57,
  withSource = true,
  holes = 1,
  autoPosition = false,
  stored = false,
}: Case = {}): Files => {
  const source = binaryLog({ serverId: 1, version, at: START - 3600 });
  write(source, { at: START + 1 });
  write(source, { serverId: 9, at: START + written, xid: 2 });
  write(source, { at: START + 120, xid: 3 });
  const relay = new RelayLog({ version }).connect({ position: 500 }).write({ at: START + 1 });
  times(holes, (i) => relay.hole().write({ at: START + 100 + i, xid: 5 + i }));
  if (stored) relay.write({ serverId: 9, at: START + written, xid: 2 });
  const info = version.includes('MariaDB') ? mariadbMasterInfo : masterInfo;
  return {
    'r/relay-bin.000002': relay,
    'r/master.info': info({ position: 90_000, ignore, autoPosition }),
    'r/relay-log.info': relayLogInfo({ offset: relay.length, position: relay.position }),
    ...(withSource ? { 's/mysql-bin.000001': source } : {}),
  };
};

describe('found', () => {
  test('the source’s log holds what was written while this receiver ran: high, proven', () => {
    const made = files();
    expect(foundOf(RULE, made)).toMatchObject({
      severity: 'high',
      confidence: 'proven',
      facts: { ignoredServerId: 9, seen: 'source', passed: true },
      at: [{ path: 'r/master.info', field: 'ignoreServerIds' }, { path: 's/mysql-bin.000001' }],
    });
  });

  test('one that the receiver has yet to come to: likely', () => {
    const made = { ...files(), 'r/master.info': masterInfo({ position: 200, ignore: [9] }) };
    expect(foundOf(RULE, made)).toMatchObject({ severity: 'high', confidence: 'likely' });
  });

  test('without the source’s log only holes: low, possible, and nothing to run', () => {
    const made = files({ withSource: false, holes: 4 });
    expect(foundOf(RULE, made)).toMatchObject({ severity: 'low', confidence: 'possible' });
    expect(fixOf(RULE, made)).toMatchObject({ run: [], withheld: expect.stringContaining('log') });
  });
});

describe('silent', () => {
  test.each<[string, Case]>([
    ['what goes round of a loop was written before', { written: -5 }],
    ['clocks differ a little', { written: 3 }],
    ['the id in the list is another', { ignore: [8] }],
    ['the list is empty', { ignore: [] }],
    ['the own id', { ignore: [2] }],
    ['stored: the list was not in force', { stored: true }],
    ['few holes', { withSource: false, holes: 2 }],
    ['holes by GTID', { withSource: false, holes: 9, autoPosition: true }],
    ['holes, and several ids that may be meant', { withSource: false, holes: 9, ignore: [7, 9] }],
  ])('%s', (_name, one) => {
    expect(outcomeOf(RULE, files(one)).status).not.toBe('found');
  });
});

test('clear where the source’s log was looked at; not assessed without it', () => {
  expect(outcomeOf(RULE, files({ ignore: [8] })).status).toBe('clear');
  expect(outcomeOf(RULE, files({ ignore: [] })).status).toBe('clear');
  expect(outcomeOf(RULE, files({ withSource: false }))).toMatchObject({
    status: 'not-assessed',
    missing: [expect.stringContaining('binary logs of the source')],
  });
});

describe('the repair', () => {
  test('the list without the id, the others stay; and what stays missing is said', () => {
    const made = files({ ignore: [7, 9] });
    expect(fixOf(RULE, made).run).toEqual([
      'SHOW SLAVE STATUS\\G',
      'STOP SLAVE IO_THREAD;',
      'CHANGE MASTER TO IGNORE_SERVER_IDS = (7);',
      'START SLAVE IO_THREAD;',
      'SHOW SLAVE STATUS\\G',
    ]);
    const outcome = outcomeOf(RULE, made);
    const [judged] = outcome.status === 'found' ? outcome.findings : [];
    expect(judged?.fix?.sideEffects.join()).toContain('stays missing');
    expect(judged?.fix?.undo).toContain('CHANGE MASTER TO IGNORE_SERVER_IDS = (7, 9);');
  });

  test('MariaDB: the heartbeat period is named again', () => {
    expect(fixOf(RULE, files({ version: VERSION.mariadb })).run).toContain(
      'CHANGE MASTER TO IGNORE_SERVER_IDS = (), MASTER_HEARTBEAT_PERIOD = 30.000;',
    );
  });
});
