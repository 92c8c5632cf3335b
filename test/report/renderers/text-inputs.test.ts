import { describe, expect, test } from 'vitest';
import { renderers } from '../../../src/report/renderers/index.ts';
import { commonFolder } from '../../../src/report/renderers/paths.ts';
import type { Report, ReportInput } from '../../../src/report/report.ts';
import { exampleReport, healthyReport } from '../example-report.ts';
import { render, section } from './render.ts';

const [log] = healthyReport.inputs;
const [server] = healthyReport.servers;
if (log === undefined || server === undefined) throw new Error('the example has both');

const withInputs = (...inputs: ReadonlyArray<Partial<ReportInput>>): Report => ({
  ...healthyReport,
  inputs: inputs.map((changes) => ({ ...log, ...changes })),
});

const status = (path: string, kind: string): Partial<ReportInput> => ({
  path,
  kind,
  serverId: null,
  sourceServerId: null,
  events: null,
  first: null,
  last: null,
});

/** The section without its heading. */
const inputs = (report: Report, width = 100): string[] =>
  section(render(report, { width }), 'INPUTS').slice(1);

describe('paths', () => {
  test.each([
    [['a/b/x', 'a/b/y'], 'a/b/'],
    [['a/b/x', 'a/b/c/y', 'a/bc/z'], 'a/'],
    [['/srv/db1/x', '/srv/db2/y'], '/srv/'],
    [['/srv/x'], '/srv/'],
    [['/x', '/srv/y'], ''],
    [['x', 'a/y'], ''],
    [['./x', './y'], ''],
    [['../x', '../a/y'], '../'],
    [[], ''],
  ])('%j have %j in common', (paths, folder) => {
    expect(commonFolder(withInputs(...paths.map((path) => ({ path }))))).toBe(folder);
  });

  const [finding] = exampleReport.findings;
  if (finding === undefined) throw new Error('the example has findings');
  const root = '/srv/case/2026-11-20';
  const report: Report = {
    ...withInputs({ path: `${root}/db1/log.1` }, { path: `${root}/db2/log.1` }),
    servers: [{ ...server, folder: `${root}/db1` }],
    findings: [
      {
        ...finding,
        evidence: finding.evidence.map((at) => ({ ...at, path: `${root}/db1/log.1` })),
      },
    ],
    context: [
      {
        kind: 'encrypted',
        summary: 'a log is',
        evidence: finding.evidence.map((at) => ({ ...at, path: `${root}/db2/log.1` })),
        facts: {},
      },
    ],
    problems: [
      { path: `${root}/db2/log.1`, offset: 7, message: `${root}/db2/log.1: at 7: cut` },
      { path: `${root}/db2/log.1`, offset: 8, message: 'cut again' },
      { path: '/elsewhere/log.1', offset: null, message: 'not there' },
    ],
  };

  test.each([40, 80])('show what they have in common once, whole, at %i columns', (width) => {
    const text = render(report, { width });
    expect(text.split(root)).toHaveLength(2);
    expect(text).toContain(`\nSERVERS, paths below ${root}:\nserver 12 = db1/ MariaDB`);
  });

  test('are short in places, problems, context and inputs, and stay whole elsewhere', () => {
    const text = render(report);
    expect(text).toContain('\n  where     db1/log.1@550: Query');
    expect(text).toContain('\n  where     db2/log.1@550: Query');
    expect(text).toContain(
      '\ndb2/log.1: at 7: cut\ndb2/log.1: at 8: cut again\n/elsewhere/log.1: not there\n',
    );
    expect(text).toMatch(/^db2\/log\.1 +relay-log/m);
  });

  test('say where they are also when no server is known', () => {
    expect(render({ ...report, servers: [] })).toContain(`\n\npaths below ${root}:\n\n`);
  });

  test('in the JSON stay as they were', () => {
    const json = renderers.json(report, { width: 80, color: 0, minSeverity: 'info' });
    expect(JSON.parse(json)).toEqual(report);
  });
});

describe('the servers', () => {
  const lines = (...changes: ReadonlyArray<Partial<Report['servers'][number]>>): string[] =>
    section(
      render({ ...exampleReport, servers: changes.map((one) => ({ ...server, ...one })) }),
      'SERVERS',
    ).slice(1);
  const link = { channel: '', serverId: 11, host: null, port: null };

  test('are not mentioned where there are none', () => {
    expect(render({ ...exampleReport, servers: [] })).not.toContain('SERVERS');
  });

  test.each<readonly [Partial<Report['servers'][number]>, string]>([
    [
      { flavor: 'mysql', version: '5.6.24-log', dialect: 'mysql-5.6' },
      'server 12 = db12/ MySQL 5.6.24, slave of server 11 (127.0.0.1:3306)',
    ],
    [
      { version: '10.4.1-MariaDB' },
      'server 12 = db12/ MariaDB 10.4.1 (mariadb-10.11), slave of server 11',
    ],
    [{ sources: [link] }, 'server 12 = db12/ MariaDB 10.11.19, replica of server 11'],
    [{ sources: [], role: 'source' }, 'server 12 = db12/ MariaDB 10.11.19, source'],
    [{ sources: [], role: 'unknown', version: null, dialect: null }, 'server 12 = db12/ MariaDB'],
    [
      { sources: [], role: 'unknown', version: null, dialect: null, flavor: null, folder: '' },
      'server 12',
    ],
    [
      { serverId: null, sources: [], role: 'replica' },
      'server without a known id = db12/ MariaDB 10.11.19, replica',
    ],
    [
      { sources: [{ ...link, serverId: null, host: '::1', port: 3306 }] },
      'server 12 = db12/ MariaDB 10.11.19, replica of [::1]:3306',
    ],
    [
      { sources: [{ ...link, channel: 'west', host: 'w' }] },
      "server 12 = db12/ MariaDB 10.11.19, replica of server 11 (w, channel 'west')",
    ],
    [
      { sources: [{ ...link, serverId: null }] },
      'server 12 = db12/ MariaDB 10.11.19, replica of a source that no file names',
    ],
  ])('leave out what is not known: %j', (changes, line) => {
    expect(lines(changes)[0]).toBe(line);
  });

  test('are one entry each, with all their sources', () => {
    expect(
      lines({ sources: [link, { ...link, channel: 'b', serverId: 9 }] }, { serverId: 9 }),
    ).toEqual([
      'server 12 = db12/ MariaDB 10.11.19, replica of server 11 and server 9 (channel',
      "  'b')",
      'server 9 = db12/ MariaDB 10.11.19, replica of server 11 (127.0.0.1:3306)',
    ]);
  });
});

describe('the inputs', () => {
  test('show as many columns as there is room for', () => {
    const header = (width: number) =>
      inputs(exampleReport, width).find((line) => line.startsWith('file '));
    expect(header(160)).toMatch(/kind +server +version +events +first – last \(UTC\) +state$/);
    expect(header(80)).toMatch(/kind +server +events +state$/);
    expect(header(40)).toMatch(/kind +state$/);
  });

  test('have the day in the title when there is one only, and a single time once', () => {
    const lines = inputs(withInputs({ path: 'a' }, { path: 'b', last: log.first }), 200);
    expect(lines[0]).toMatch(/ 2026-11-20 \(UTC\) +state$/);
    expect(lines[1]).toMatch(/ {2}09:59:41 – 09:59:46 +complete$/);
    expect(lines[2]).toMatch(/ {2}09:59:41 +complete$/);
  });

  test('have the days in the cells when there are several', () => {
    const over = { path: 'b', last: '2026-11-21T00:00:01Z' };
    const lines = inputs(withInputs({ path: 'a' }, over), 200);
    expect(lines[0]).toMatch(/ first – last \(UTC\) +state$/);
    expect(lines[1]).toMatch(/ 2026-11-20 09:59:41 – 09:59:46 +complete$/);
    expect(lines[2]).toMatch(/ 2026-11-20 09:59:41 – 2026-11-21 00:00:01 +complete$/);
    expect(inputs(withInputs({ path: 'a' }, over), 68)[2]).toMatch(/ 11-20 09:59–11-21 00:00 /);
  });

  test('name whole status files behind the table, by folder; a damaged one has a row', () => {
    const lines = inputs(
      withInputs(
        { path: 'f/a/log.1' },
        status('f/a/auto.cnf', 'auto-cnf'),
        status('f/a/log.index', 'log-index'),
        status('f/a/relay-log.info', 'relay-log-info'),
        { ...status('f/b/notes.txt', 'master-info'), foundBeside: true },
        { ...status('f/b/master.info', 'master-info'), state: 'corrupt' },
      ),
    );
    expect(lines.slice(1, 3).map((line) => line.split(/ {2,}/).slice(0, 2))).toEqual([
      ['a/log.1', 'relay-log'],
      ['b/master.info', 'master-info'],
    ]);
    expect(lines.slice(3)).toEqual([
      'status files of a/: auto.cnf, log.index, relay-log.info',
      'status files of b/: notes.txt (master-info) +',
      '+ not named, read because it lay beside an input',
    ]);
  });

  test('explain "open" only where it stands', () => {
    const said = 'open: still being written when copied';
    expect(inputs(withInputs({ state: 'open' }))).toContain(said);
    expect(inputs(withInputs({}))).not.toContain(said);
  });

  test.each([
    [0, undefined],
    [1, '1 other file not looked into: neither a log nor a status file of replication'],
    [1234, '1,234 other files not looked into: neither logs nor status files of replication'],
  ])('count what was not looked into: %i', (skipped, line) => {
    const summary = { ...healthyReport.summary, skipped };
    expect(inputs({ ...healthyReport, summary }).find((one) => one.includes('other file'))).toBe(
      line,
    );
  });

  test('count bad checksums', () => {
    expect(inputs(withInputs({ badChecksums: 2 }))).toContain('relay-bin.000002: 2 bad checksums');
  });

  test('are shortened in the middle only where they are too long', () => {
    const long = `${'x'.repeat(60)}.000001`;
    const [, whole] = inputs(withInputs({ path: long }), 200);
    const [, short] = inputs(withInputs({ path: long }), 80);
    expect(whole).toContain(long);
    expect(short).toMatch(/^x+…x+\.000001 /);
  });
});

test('the last line says by which clock and version the report was made', () => {
  expect(render(healthyReport).trimEnd().split('\n').at(-1)).toBe(
    'judged as of 2026-11-20T10:00:00Z by repl-forensics 0.1.0',
  );
});
