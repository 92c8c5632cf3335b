import { describe, expect, test } from 'vitest';
import { redactReport } from '../../src/report/redact-report.ts';
import { renderers } from '../../src/report/renderers/index.ts';
import type { Report } from '../../src/report/report.ts';
import { rules } from '../../src/rules/index.ts';
import { ringRelay } from '../support/loop-logs.ts';
import { replicaStatusText } from '../support/replica-text.ts';
import { type Files, reportOf } from '../support/scan-bytes.ts';
import { masterInfo } from '../support/status-files.ts';
import { exampleReport } from './example-report.ts';

const STATEMENTS = [
  "CREATE USER 'clara'@'10.8.7.6' IDENTIFIED BY 'open sesame'",
  "CHANGE MASTER TO MASTER_HOST='db1.secret.example', MASTER_USER='clara', MASTER_PASSWORD='open sesame'",
  "INSERT INTO people VALUES (1, 'Erika Mustermann')",
];

/** The statement circles, and so is shown as evidence. */
const folder = (sql: string): Files => ({
  'db1.secret.example/relay-bin.000002': ringRelay({ transactions: [{ sql }] }),
  'db1.secret.example/master.info': masterInfo(),
  'db1.secret.example/replica-status.txt': replicaStatusText({
    receiver: 'No',
    read: 900,
    more: { Source_Host: 'db1.secret.example', Source_User: 'clara' },
  }),
});

const written = (report: Report): readonly string[] =>
  Object.values(renderers).map((render) =>
    render(report, { width: 100, color: 0, minSeverity: 'info' }),
  );

const SECRET = /clara|open sesame|Erika|10\.8\.7\.6|correct horse|\brepl\b(?!-)/;

describe.each(STATEMENTS)('%s', (sql) => {
  test('stands in no format, nor do names of hosts and accounts', async () => {
    const report = await reportOf(folder(sql), { rules, redact: true });
    expect(report.findings.map(({ rule }) => rule)).toContain('foreign-server-id-loop');
    for (const text of written(report)) expect(text).not.toMatch(SECRET);
    expect(JSON.stringify(report.findings)).toContain('[statement]');
    expect(report.servers[0]?.sources[0]?.host).toBe('[host]');
  });

  test('without it the statement is there, its passwords masked', async () => {
    const text = JSON.stringify(await reportOf(folder(sql), { rules }));
    expect(text).toContain(sql.slice(0, 11));
    expect(text).not.toContain('open sesame');
  });
});

test('names of files stay, and the report says so', async () => {
  const report = await reportOf(folder(STATEMENTS[0] ?? ''), { rules, redact: true });
  expect(report.inputs.map(({ path }) => path)).toContain('db1.secret.example/master.info');
  expect(report.context.at(-1)).toMatchObject({
    kind: 'redacted',
    summary: expect.stringContaining('Names of files'),
  });
});

describe('what servers quote in their errors', () => {
  const names = {
    hosts: new Set(['db1.secret.example', 'db-1', 'source']),
    users: new Set(['clara']),
  };
  test.each<[string, string]>([
    [
      "error connecting to master 'clara@10.8.7.6:3306' - retry-time: 60",
      "error connecting to master '[user]@[host]:3306' - retry-time: 60",
    ],
    ["Access denied for user 'x'@'%'", "Access denied for user '[user]'@'[host]'"],
    [
      "Duplicate entry 'O''Hara-7' for key 'PRIMARY'",
      "Duplicate entry '[value]' for key 'PRIMARY'",
    ],
    [
      "Error 'x' on query. Default database: 'app'. Query: 'insert into t values (1)'",
      "Error 'x' on query. Default database: 'app'. Query: '[statement]'",
    ],
    [
      "Incorrect integer value: 'Erika' for column 'n'",
      "Incorrect integer value: '[value]' for column 'n'",
    ],
    ['db1.secret.example was ahead; DB-1.', '[host] was ahead; [host].'],
    ['db-1-relay-bin.000003 of the source', 'db-1-relay-bin.000003 of the source'],
    ["the host 'source' is the source of 'clara'", "the host '[host]' is the source of '[user]'"],
  ])('%s', (said, hidden) => {
    const report = { ...exampleReport, verdict: said };
    expect(redactReport(report, names).verdict).toBe(hidden);
  });

  test('statements to run are as they were', () => {
    const report = exampleReport;
    const redacted = redactReport(report, { hosts: new Set(['west']), users: new Set() });
    expect(redacted.plan.map(({ run }) => run)).toEqual(report.plan.map(({ run }) => run));
    expect(redacted.findings.map(({ fingerprint }) => fingerprint)).toEqual(
      report.findings.map(({ fingerprint }) => fingerprint),
    );
  });
});
