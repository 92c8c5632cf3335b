import { describe, expect, test } from 'vitest';
import type { LogBuilder } from '../support/build-log.ts';
import { binaryLog, RelayLog, START, VERSION, write } from '../support/relay-log.ts';
import { type Files, findingsOf } from '../support/scan-bytes.ts';
import { masterInfo, relayLogInfo } from '../support/status-files.ts';

const findings = (files: Files) => findingsOf('truncated-log', files);

const only = (files: Files) => {
  const [one, ...others] = findings(files);
  if (!one || others.length > 0) throw new Error(`${others.length + 1} findings, or none`);
  return one;
};

/** Transactions of events 3 to 5 and 6 to 8. */
const relayOf = (version: string = VERSION.mysql56): RelayLog =>
  new RelayLog({ version }).connect({ position: 700 }).write().write({ xid: 2 });
const FIRST_END = 5;

const torn = (log: RelayLog | LogBuilder, bytes = 5): Buffer =>
  log.bytes().subarray(0, log.length - bytes);

const executed = (relay: RelayLog, index: number, file = 'relay-bin.000002'): string => {
  const { end } = relay.log.event(index);
  return relayLogInfo({ file, offset: end, position: relay.position - (relay.length - end) });
};

/** Where the whole events end in the source's log when the last one is cut. */
const wholePosition = (relay: RelayLog): number => relay.position - relay.log.event(-1).size;

describe('a torn event at the end of the newest relay log', () => {
  const relay = relayOf();

  test.each<[string, Files, object]>([
    [
      'the applier has yet to come there',
      { 'b/relay-log.info': executed(relay, FIRST_END) },
      { severity: 'high', confidence: 'proven', facts: { applied: false } },
    ],
    [
      'nothing tells how far it came',
      {},
      { severity: 'medium', confidence: 'proven', facts: { applied: null } },
    ],
    [
      'events that count as read are missing',
      { 'b/master.info': masterInfo({ position: relay.position }) },
      { severity: 'high', facts: { readPosition: relay.position, live: false } },
    ],
    [
      'the read position ends where the whole events do: a copy of a live log',
      { 'b/master.info': masterInfo({ position: wholePosition(relay) }) },
      { severity: 'low', confidence: 'possible', facts: { live: true } },
    ],
    [
      'relay-log.info names a place behind the end of the copy',
      {
        'b/relay-log.info': relayLogInfo({
          offset: relay.length + 400,
          position: relay.position + 400,
        }),
        'b/master.info': masterInfo({ position: relay.position + 400 }),
      },
      { severity: 'medium', confidence: 'possible' },
    ],
  ])('%s', (_name, more, found) => {
    expect(only({ 'b/relay-bin.000002': torn(relay), ...more }).found).toMatchObject({
      server: { id: 2 },
      ...found,
    });
  });

  test.each([
    [1, 'torn-event'],
    [5, 'torn-event'],
    [15, 'torn-header'],
  ])('%i bytes less: %s', (bytes, kind) => {
    expect(only({ 'b/relay-bin.000002': torn(relay, bytes) }).found.facts).toMatchObject({
      kind,
      offset: relay.log.event(-1).offset,
      newestFile: true,
    });
  });

  test('zeros', () => {
    const zeros = Buffer.concat([relay.bytes(), Buffer.alloc(300)]);
    const files = {
      'b/relay-bin.000002': zeros,
      'b/master.info': masterInfo({ position: relay.position }),
    };
    expect(only(files).found).toMatchObject({
      severity: 'medium',
      facts: { kind: 'zeros', offset: relay.length, live: false },
    });
  });

  test('MySQL 9 mends it itself', () => {
    const { found, fix } = only({ 'b/relay-bin.000002': torn(relayOf(VERSION.mysql97)) });
    expect(found.severity).toBe('low');
    expect(fix).toBeNull();
    expect(only({ 'b/relay-bin.000002': torn(relayOf(VERSION.mysql84)) }).found.severity).toBe(
      'medium',
    );
  });
});

describe('a torn event with a later file behind it', () => {
  const relay = relayOf();
  const later = (position: number): RelayLog =>
    new RelayLog().connect({ position }).write({ xid: 3 });
  const files = (position: number): Files => ({
    'b/relay-bin.000002': torn(relay),
    'b/relay-bin.000003': later(position),
  });

  test('is no copy of a live log', () => {
    const read = { 'b/master.info': masterInfo({ position: wholePosition(relay) }) };
    expect(only({ ...files(relay.position), ...read }).found).toMatchObject({
      severity: 'high',
      facts: { newestFile: false, live: false },
    });
  });

  test('read again from before it, and applied since: it does no harm', () => {
    const again = later(700);
    const all = {
      ...files(700),
      'b/relay-log.info': executed(again, FIRST_END, 'relay-bin.000003'),
    };
    const { found, fix } = only(all);
    expect(found.severity).toBe('low');
    expect(fix).toBeNull();
  });

  test('gone past it without what is missing: no repair brings that back', () => {
    const all = {
      ...files(relay.position),
      'b/relay-log.info': executed(later(relay.position), FIRST_END, 'relay-bin.000003'),
    };
    expect(only(all)).toMatchObject({
      found: { severity: 'high', confidence: 'likely' },
      fix: { steps: [], withheld: expect.stringContaining('compare the tables') },
    });
  });
});

describe('a binary log', () => {
  const own = (flags: number): LogBuilder => write(write(binaryLog({ flags })));

  test.each([
    ['the newest, still in use: a copy of a live log', 1, 'low', true],
    ['the newest, closed', 0, 'medium', false],
  ])('%s', (_name, flags, severity, live) => {
    expect(only({ 'a/mysql-bin.000001': torn(own(flags)) })).toMatchObject({
      found: { severity, facts: { live, log: 'binary-log' } },
      fix: null,
    });
  });

  test('not the newest', () => {
    expect(
      only({ 'a/mysql-bin.000001': torn(own(1)), 'a/mysql-bin.000002': own(1) }),
    ).toMatchObject({ found: { severity: 'high', facts: { live: false } }, fix: null });
  });

  test('with a transaction that nothing continues', () => {
    const files = {
      'a/mysql-bin.000001': write(own(1), { open: true }),
      'a/mysql-bin.000002': own(1),
    };
    expect(only(files).found).toMatchObject({
      severity: 'high',
      confidence: 'likely',
      facts: { kind: 'open-transaction' },
    });
    expect(findings({ 'a/mysql-bin.000001': write(own(1), { open: true }) })).toEqual([]);
  });
});

describe('a transaction that is open at the end of a relay log', () => {
  const version = VERSION.mariadb;
  const open = (): RelayLog => relayOf().write({ open: true });
  const end = open().position;
  const next = (relay: RelayLog): RelayLog => relay.rotate('relay-bin.000003');
  const going = (relay: RelayLog): RelayLog =>
    relay.events((built) => built.query('INSERT 9').xid(3));

  test.each<[string, RelayLog]>([
    [
      'goes on after a rotation by size or FLUSH',
      going(new RelayLog().copyOfFormat({ position: end })),
    ],
    ['goes on after a reconnect by position', going(new RelayLog().connect({ position: end }))],
    ['comes again, whole, after a reconnect by GTID', new RelayLog().connect().write()],
    ['comes again from its beginning', new RelayLog().connect({ position: 800 }).write()],
  ])('%s', (_name, after) => {
    expect(findings({ 'b/relay-bin.000002': next(open()), 'b/relay-bin.000003': after })).toEqual(
      [],
    );
  });

  test('is rolled back by the mark that MariaDB’s receiver leaves', () => {
    const after = new RelayLog({ version }).connect({ position: end + 400 });
    after.log.ownPositions().format({ version, serverId: 2, flags: 1, created: START });
    const before = next(
      new RelayLog({ version }).connect({ position: 700 }).write({ sequence: 8, open: true }),
    );
    expect(findings({ 'b/relay-bin.000002': before, 'b/relay-bin.000003': after })).toEqual([]);
  });

  test('is rolled back when the source was started anew, not when it only rotated', () => {
    const after = (created: number): RelayLog =>
      new RelayLog().connect({ file: 'mysql-bin.000002', created }).write();
    expect(
      findings({ 'b/relay-bin.000002': next(open()), 'b/relay-bin.000003': after(START) }),
    ).toEqual([]);
    expect(
      only({ 'b/relay-bin.000002': next(open()), 'b/relay-bin.000003': after(0) }).found.severity,
    ).toBe('high');
  });

  test('is the newest there is: more may come', () => {
    expect(findings({ 'b/relay-bin.000002': open() })).toEqual([]);
    expect(
      findings({ 'b/relay-bin.000002': open(), 'b/master.info': masterInfo({ position: end }) }),
    ).toEqual([]);
  });

  test('has no place in events without positions, as MariaDB 11.4 writes them', () => {
    const before = new RelayLog({ version }).connect({ position: 700 }).write({ sequence: 8 });
    before.events((built) => built.mariadbGtid(9).query('INSERT 9', { unplaced: true }));
    const after = going(new RelayLog({ version }).connect({ position: before.position }));
    expect(findings({ 'b/relay-bin.000002': next(before), 'b/relay-bin.000003': after })).toEqual(
      [],
    );
  });

  test('is lost where the next connect asks for what lies behind it', () => {
    const files = {
      'b/relay-bin.000002': open(),
      'b/relay-bin.000003': new RelayLog().connect({ position: end + 500 }).write(),
    };
    expect(only(files).found).toMatchObject({
      severity: 'high',
      confidence: 'likely',
      facts: { kind: 'open-transaction', sourceEnd: end },
    });
  });

  test('also where a restart of the server left an empty relay log between', () => {
    const files = {
      'b/relay-bin.000002': open(),
      'b/relay-bin.000003': next(new RelayLog()),
      'b/relay-bin.000004': new RelayLog().connect({ position: end + 500 }).write(),
    };
    expect(only(files).found.severity).toBe('high');
    const whole = {
      ...files,
      'b/relay-bin.000004': going(new RelayLog().connect({ position: end })),
    };
    expect(findings(whole)).toEqual([]);
    // Over a missing file nothing is said
    expect(
      findings({ 'b/relay-bin.000002': open(), 'b/relay-bin.000004': files['b/relay-bin.000004'] }),
    ).toEqual([]);
  });

  test('is lost where master.info counts on: the repair resumes at the executed position', () => {
    const relay = open();
    const files = {
      'b/relay-bin.000002': relay,
      'b/master.info': masterInfo({ position: end + 500 }),
      'b/relay-log.info': executed(relay, 8),
    };
    const { found, fix } = only(files);
    const position = relay.position - (relay.length - relay.log.event(8).end);
    expect(found).toMatchObject({
      severity: 'high',
      facts: { readPosition: end + 500, applied: false },
    });
    expect(fix?.steps.map(({ run }) => run)).toContain(
      `CHANGE MASTER TO MASTER_LOG_FILE = 'mysql-bin.000001', MASTER_LOG_POS = ${position};`,
    );
    const gtid = {
      ...files,
      'b/master.info': masterInfo({ position: end + 500, autoPosition: true }),
    };
    expect(findings(gtid)).toEqual([]);
  });
});

test('positions beyond 4 GiB are compared as headers hold them', () => {
  const relay = relayOf().write({ open: true });
  const files = {
    'b/relay-bin.000002': relay,
    'b/master.info': masterInfo({ position: 2 ** 32 + relay.position }),
  };
  expect(findings(files)).toEqual([]);
});
