import { describe, expect, test } from 'vitest';
import { rules } from '../../src/rules/index.ts';
import { reportOf } from '../support/scan-bytes.ts';

const FAILED = {
  'mysql-5.7': [
    "2019-08-07T11:42:01.223061Z 9 [ERROR] Slave I/O for channel '': error connecting to master 'repl@10.0.0.5:3306' - retry-time: 60  retries: 1, Error_code: 2026",
  ],
  'mysql-8.0': [
    // The account's name is no word of the server
    "2020-08-07T11:42:01.223061Z 9 [ERROR] [MY-010584] [Repl] Slave I/O for channel '': error connecting to master 'replica@10.0.0.5:3306' - retry-time: 60 retries: 1 message: SSL connection error, Error_code: MY-002026",
  ],
  'mysql-8.4': [
    "2025-08-07T11:42:01.223061Z 9 [ERROR] [MY-010584] [Repl] Replica I/O for channel '': Error connecting to source 'repl@10.0.0.5:3306'. This was attempt 1/10, with a delay of 60 seconds between attempts. Message: SSL connection error, Error_code: MY-002026",
  ],
  'mariadb-10.0': [
    "2023-08-07 11:42:01 9 [ERROR] Slave I/O: error connecting to master 'repl@10.0.0.5:3306' - retry-time: 60  maximum-retries: 86400  message: SSL connection error, Internal MariaDB error code: 2026",
  ],
} as const;

const ofLog = (lines: readonly string[]) =>
  reportOf({ 'r/db.err': `${lines.join('\n')}\n` }, { rules });

describe('words of a server whose error log no longer holds its start', () => {
  test.each(Object.entries(FAILED))('%s', async (dialect, lines) => {
    const report = await ofLog(lines);
    expect(report.servers).toMatchObject([{ version: null, dialect }]);
    expect(report.findings).toMatchObject([{ rule: 'connect-failure', fix: { dialect } }]);
    expect(report.problems).toEqual([]);
  });

  test('none where both vendors write so, and no statement', async () => {
    const report = await ofLog([
      "2014-08-07 11:42:01 9 [ERROR] Slave I/O: error connecting to master 'repl@10.0.0.5:3306' - retry-time: 60  retries: 1, Error_code: 2026",
    ]);
    expect(report.servers).toMatchObject([{ flavor: null, dialect: null }]);
    expect(report.plan).toEqual([]);
    expect(report.planWithheld).toContain('nothing tells the version');
  });
});
