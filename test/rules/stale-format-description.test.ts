import { describe, expect, test } from 'vitest';
import { RelayLog, START, VERSION } from '../support/relay-log.ts';
import { type Files, findingsOf, reportOf, type Settings } from '../support/scan-bytes.ts';
import { masterInfo } from '../support/status-files.ts';

const RULE = 'stale-format-description';
const AGE = 450;

const findings = (files: Files, settings?: Settings) => findingsOf(RULE, files, settings);
const staleSeconds = (files: Files, settings?: Settings): unknown =>
  (findings(files, settings)[0]?.found.facts as { staleSeconds?: unknown } | undefined)
    ?.staleSeconds ?? null;

/** A connect to the middle of a log opened `age` seconds before the next transaction. */
const reconnected = (age: number, version: string = VERSION.mysql55, position = 700): RelayLog =>
  new RelayLog({ version }).connect({ position, opened: START - age }).write({ at: START });

describe('threshold', () => {
  test.each([
    [29, 30, null],
    [30, 30, [30]],
    [450, 30, [450]],
    [450, 600, null],
  ])('%i s old, stale from %i s on', (age, staleAfter, seconds) => {
    expect(staleSeconds({ 'b/relay-bin.000002': reconnected(age) }, { staleAfter })).toEqual(
      seconds,
    );
  });
});

describe('severity by what the replica’s version makes of it', () => {
  test.each([
    [VERSION.mysql51, 'medium', 'until-next-group'],
    [VERSION.mysql55, 'medium', 'until-next-group'],
    [VERSION.mysql56, 'info', 'never'],
    [VERSION.mysql8022, 'info', 'never'],
    [VERSION.mysql8030, 'info', 'never'],
    [VERSION.mysql97, 'info', 'never'],
    [VERSION.mariadb104, 'low', 'serial-applier-until-next-event'],
    [VERSION.mariadb, 'low', 'serial-applier-until-next-event'],
  ])('%s: %s', (version, severity, counted) => {
    const [one] = findings({ 'b/relay-bin.000002': reconnected(AGE, version) });
    expect(one).toMatchObject({
      found: {
        severity,
        confidence: 'proven',
        server: { id: 2 },
        facts: { counted, replicaVersion: version },
      },
      fix: null,
    });
  });

  test('the replica’s version decides, not the source’s', () => {
    const relay = new RelayLog({ version: VERSION.mysql55 });
    relay.connect({ position: 700, opened: START - AGE, version: VERSION.mysql57 }).write();
    expect(findings({ 'b/relay-bin.000002': relay })[0]?.found.severity).toBe('medium');
  });

  test('a version that nobody knows', () => {
    const relay = new RelayLog({ version: 'x', flags: 0x40 });
    relay.connect({ position: 700, opened: START - AGE, version: 'x' }).write();
    expect(findings({ 'b/relay-bin.000002': relay })[0]?.found).toMatchObject({
      severity: 'low',
      confidence: 'possible',
    });
  });
});

const next = (relay: RelayLog): RelayLog => relay.rotate('relay-bin.000009');

test('each reconnect counts, by position and by GTID', () => {
  const first = new RelayLog().connect({ opened: START - 60 }).write({ at: START });
  const second = new RelayLog()
    .connect({ position: first.position, opened: START - 60 })
    .write({ at: START + 100 });
  const third = new RelayLog().connect({ opened: START - 60 }).write({ at: START + 200 });
  const files = {
    'b/relay-bin.000002': next(first),
    'b/relay-bin.000003': next(second),
    'b/relay-bin.000004': third,
  };
  expect(findings(files)[0]?.found.facts).toMatchObject({
    staleSeconds: [160, 260],
    maxStaleSeconds: 260,
    reconnects: 2,
    copies: [
      {
        path: 'b/relay-bin.000003',
        offset: second.log.event(2).offset,
        asked: `mysql-bin.000001:${first.position}`,
        by: 'source',
      },
      {
        path: 'b/relay-bin.000004',
        offset: third.log.event(2).offset,
        asked: 'mysql-bin.000001:4',
      },
    ],
  });
});

test('the next data event may come in a later file', () => {
  const idle = next(new RelayLog().connect({ position: 700, opened: START - AGE }));
  const later = new RelayLog()
    .copyOfFormat({ position: 700, opened: START - AGE })
    .write({ at: START });
  expect(staleSeconds({ 'b/relay-bin.000002': idle, 'b/relay-bin.000003': later })).toEqual([AGE]);
});

test('MariaDB before MDEV-16091: the replica’s own format description counts too', () => {
  const relay = new RelayLog({ version: VERSION.mariadb104, at: START - 100 });
  relay.connect({ position: 700, opened: START - AGE }).write({ at: START });
  expect(findings({ 'b/relay-bin.000002': relay })[0]?.found.facts).toMatchObject({
    copies: [
      { by: 'source', staleSeconds: AGE },
      { by: 'replica', staleSeconds: 100, offset: 4 },
    ],
  });
  const newer = new RelayLog({ version: VERSION.mariadb, at: START - 100 });
  newer.connect({ position: 700, opened: START - AGE }).write({ at: START });
  expect(staleSeconds({ 'b/relay-bin.000002': newer })).toEqual([AGE]);
  // MySQL leaves its own out
  const mysql = new RelayLog({ version: VERSION.mysql55, at: START - 100 });
  mysql.connect({ position: 700, opened: START - AGE }).write({ at: START });
  expect(staleSeconds({ 'b/relay-bin.000002': mysql })).toEqual([AGE]);
});

describe('silent', () => {
  test.each<[string, Files]>([
    [
      'a quiet source: the head of a log',
      { 'b/relay-bin.000002': reconnected(AGE, VERSION.mysql55, 4) },
    ],
    ['real backlog: the events are as old', { 'b/relay-bin.000002': reconnected(5) }],
    [
      'a relay log rotated by size or FLUSH',
      {
        'b/relay-bin.000002': next(
          new RelayLog({ version: VERSION.mysql55 }).connect({ opened: START - 9 }).write(),
        ),
        'b/relay-bin.000003': new RelayLog({ version: VERSION.mysql55 })
          .copyOfFormat({ position: 900, opened: START - 9 })
          .write({ at: START + AGE }),
      },
    ],
    [
      'no data event after it',
      { 'b/relay-bin.000002': new RelayLog().connect({ position: 700, opened: START - AGE }) },
    ],
    [
      'the next event’s time was made up: SET TIMESTAMP',
      {
        'b/relay-bin.000002': new RelayLog()
          .connect({ position: 700, opened: START - 9 })
          .write({ at: 4_000_000_000 }),
      },
    ],
  ])('%s', (_name, files) => {
    expect(findings(files)).toEqual([]);
  });

  test('a source that rotates its log, or was restarted: its next log is new', () => {
    const version = VERSION.mysql55;
    const first = next(
      new RelayLog({ version }).connect({ opened: START - 9 }).write({ at: START }),
    );
    const lost = next(
      new RelayLog({ version }).connect({ position: first.position, opened: START - 9 }),
    );
    const begun = new RelayLog({ version })
      .connect({ file: 'mysql-bin.000002', opened: START, created: START })
      .write({ at: START + 20 });
    expect(
      findings({
        'b/relay-bin.000002': first,
        'b/relay-bin.000003': lost,
        'b/relay-bin.000004': begun,
      }),
    ).toEqual([]);
    const real = next(
      new RelayLog({ version }).events((built) =>
        built.rotate('mysql-bin.000002', 4, { serverId: 1, logPos: 900 }),
      ),
    );
    const quiet = new RelayLog({ version })
      .connect({ file: 'mysql-bin.000002', opened: START })
      .write({ at: START + AGE });
    expect(
      findings({
        'b/relay-bin.000002': first,
        'b/relay-bin.000003': real,
        'b/relay-bin.000004': quiet,
      }),
    ).toEqual([]);
  });
});

test('nothing is to be changed: no CHANGE anywhere, whatever the severity', async () => {
  for (const version of [VERSION.mysql55, VERSION.mysql97, VERSION.mariadb]) {
    const report = await reportOf({
      'b/relay-bin.000002': reconnected(AGE, version),
      'b/master.info': masterInfo(),
    });
    expect(report).toMatchObject({
      plan: [],
      stopTheDamage: null,
      findings: [{ rule: RULE, fix: null }],
    });
    expect(JSON.stringify(report)).not.toMatch(/CHANGE (?:MASTER|REPLICATION)/);
    expect(report.planWithheld).toBe(
      'nothing is to be changed: what was found asks for no statement',
    );
  }
});

test('without relay logs it is not assessed', async () => {
  const report = await reportOf({ 'b/master.info': masterInfo() });
  expect(report.outcomes.find(({ rule }) => rule === RULE)).toMatchObject({
    status: 'not-assessed',
    missing: ['relay logs whose events can be read'],
    bring: expect.stringContaining('relay-bin'),
  });
});
