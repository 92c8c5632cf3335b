import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exitCode } from '../../src/report/exit-code.ts';
import { scan } from '../../src/scan.ts';
import { betweenServers } from './between-servers.ts';
import { HUGE_LOG, layOutHugeLog } from './huge-log.ts';
import type { Line } from './line.ts';
import { seenInLogs } from './seen-in-logs.ts';
import { writtenByClients } from './written-by-clients.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const NOW = new Date('2026-11-21T04:00:00Z');
const ALARMING = new Set(['critical', 'high', 'medium']);

/** All that must not be taken for a failing. */
const MATRIX = [
  'multi-tier chain',
  'identical statements in one second',
  'INSERT of same row by retry',
  'group commit of 50',
  'LOAD DATA',
  'commit order inversion',
  'SET TIMESTAMP past/future',
  'delayed replica',
  'MySQL GTID ring with returning event',
  'server_id 0 Rotates',
  'own-id skipped ranges',
  'size rotation',
  'FLUSH RELAY LOGS',
  'STOP/START SLAVE',
  'source rotation',
  'PITR replay',
  'pt-heartbeat table',
  'binlog copied while written',
  'encrypted file',
  'MariaDB fake Rotate with ts',
  'PK-table loop (1062)',
  'checksum NONE -> CRC32 switch',
  'file > 4 GiB (sparse)',
];

const lines: Readonly<Record<string, Line>> = {
  ...writtenByClients,
  ...betweenServers,
  ...seenInLogs,
};

let huge = '';
const before = process.cwd();
beforeAll(() => {
  process.chdir(root);
  huge = layOutHugeLog();
});
afterAll(() => {
  process.chdir(before);
  rmSync(dirname(huge), { recursive: true });
});

test('every line of the matrix is there, and README.md tells of each', () => {
  expect(Object.keys(lines).sort()).toEqual([...MATRIX].sort());
  const told = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
  for (const line of MATRIX) expect(told).toContain(`| ${line} `);
});

describe.each(Object.entries(lines))('%s', (_, { fixtures, holds, finds = [], exit = 0 }) => {
  test.each(fixtures)('%s: no false alarm', async (fixture) => {
    const folder = fixture === HUGE_LOG ? huge : fixture;
    holds(folder);
    const report = await scan([folder], { now: NOW });
    const alarms = report.findings.filter(({ severity }) => ALARMING.has(severity));
    expect(alarms.map(({ rule }) => rule)).toEqual(finds);
    expect(exitCode({ report, failOn: 'high' })).toBe(exit);
  });
});
