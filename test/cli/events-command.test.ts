import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LogBuilder } from '../support/build-log.ts';
import { type BuiltProgram, buildProgram } from '../support/built-program.ts';

const ROOT = join(import.meta.dirname, '../..');
const PAYLOADS = 'test/oracle/logs/compressed-mysql-9.7/mysql-bin.000002';
const RELAY = 'test/oracle/logs/relayed-mariadb-11.8/pid-relay-bin-east.000002';
const DAMAGED = 'samples/damaged-relay-log-mysql-5.6/files/db-rep/db-rep-relay-bin.000002';

const folder = mkdtempSync(join(tmpdir(), 'events-'));
let program: BuiltProgram;
beforeAll(() => {
  program = buildProgram();
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  program.remove();
});

const events = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program.bin, 'events', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return { status, stdout, stderr, lines: stdout.split('\n').slice(0, -1) };
};

describe('events', () => {
  test('a table: a line an event under one heading, columns under each other', () => {
    const { status, stderr, lines } = events(PAYLOADS);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(lines).toHaveLength(2 + 8);
    expect(lines[0]).toBe(`# ${PAYLOADS}`);
    const [heading = '', ...rows] = lines.slice(1);
    const what = heading.indexOf('WHAT');
    expect(rows.map((row) => row.slice(what - 2, what).trim())).toEqual(rows.map(() => ''));
    expect(rows.map((row) => row.slice(what))).toContain('z.t, table id 109, 3 columns');
  });

  test('JSON lines: one an event, rows in them when asked for', () => {
    const { status, lines } = events(PAYLOADS, '--format', 'ndjson', '--rows', '--type', 'rows');
    expect(status).toBe(0);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      {
        path: PAYLOADS,
        offset: 325,
        innerOffset: 118,
        type: 'Write_rows',
        table: 't',
        rows: [{ before: null, after: { '@1': 17416, '@2': 'after rotation', '@3': null } }],
        rowsProblem: null,
      },
    ]);
  });

  test('SQL: statements that end, rows as comments, names of columns, bytes in hex', () => {
    const { status, lines } = events(RELAY, '--format', 'sql', '--gtid', '0-141-3');
    expect(status).toBe(0);
    expect(lines).toContain("###   `i6`=X'00000000000000000000000000000001'");
    expect(lines.filter((line) => !line.startsWith('#'))).toEqual(['COMMIT;']);
  });

  test('a trace names each field with its offset, bytes and value', () => {
    const { lines } = events(PAYLOADS, '--type', 'Gtid', '--trace');
    const fields = lines.slice(3).map((line) => line.trim().split(/ {2,}/));
    expect(fields).toContainEqual(['250', '1', 'type_code', '21', '33']);
    expect(fields).toContainEqual(['321', '4', 'checksum', '91ee5adf', '0xdf5aee91']);
  });

  test('filters of the command line combine', () => {
    const asked = '--type rows,query --table a.t --server-id 141 --thread 7 --database a --limit 2';
    const span = '--since 2026-11-20T10:48 --from mysql-bin.000001:493 --to mysql-bin.000001:1752';
    const { lines } = events(RELAY, '--format', 'ndjson', ...`${asked} ${span}`.split(' '));
    expect(lines.map((line) => JSON.parse(line).offset)).toEqual([792, 1246]);
  });

  test('several logs come in their order, and those without an event that was asked for have no heading', () => {
    const { status, lines } = events('test/oracle/logs/gtids-mysql-9.7', '--type', 'rows_query');
    expect(status).toBe(0);
    expect(lines.filter((line) => line.startsWith('#'))).toEqual([
      '# test/oracle/logs/gtids-mysql-9.7/binlog.000001',
      '# test/oracle/logs/gtids-mysql-9.7/gs2-relay-bin.000002',
    ]);
    expect(events(PAYLOADS, '--server-id', '7')).toMatchObject({ status: 0, stdout: '' });
  });

  test('what cannot be read is told in its place and on stderr, with exit code 3', () => {
    const { status, stderr, lines } = events(DAMAGED);
    const told = 'at 4678: checksum: the CRC32 of this event does not fit its bytes';
    expect(status).toBe(3);
    expect(stderr).toContain(`${told} (Query of server 11); 109 bytes not used`);
    const at = lines.findIndex((line) => line.startsWith('!! '));
    expect(lines[at]).toContain(told);
    expect(lines[at + 1]).toMatch(/^ +4787 /);
    const json = events(DAMAGED, '--format', 'ndjson');
    expect(json.lines.map((line) => JSON.parse(line).offset)).not.toContain(4678);
    expect(json.status).toBe(3);
  });

  test('what is no log is told, and others are listed all the same', () => {
    const path = join(folder, 'notes.txt');
    writeFileSync(path, 'no log');
    const { status, stderr, lines } = events(path, PAYLOADS, join(folder, 'nothing-here'));
    expect(status).toBe(3);
    expect(stderr).toContain('notes.txt: at 0: magic: no binary or relay log');
    expect(stderr).toContain('nothing-here');
    expect(lines).toHaveLength(2 + 8);
  });

  test.each<readonly [string, readonly string[], RegExp]>([
    ['no input', [], /needs/],
    ['an unknown type', ['x', '--type', 'wriet_rows'], /"wriet_rows" is no event type/],
    ['an unknown format', ['x', '--format', 'xml'], /none of table, ndjson, sql/],
  ])('%s is a usage error', (_name, args, message) => {
    const { status, stdout, stderr } = events(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  test('a reader that goes away ends it quietly, and at once', () => {
    const events = Array.from({ length: 200_000 }, (_, n) => n);
    const path = join(folder, 'mysql-bin.000001');
    const log = new LogBuilder().format();
    const block = log.query('SELECT 1').bytes();
    const [format, query] = [log.event(0), log.event(1)];
    const one = block.subarray(query.offset);
    writeFileSync(path, Buffer.concat([block.subarray(0, format.end), ...events.map(() => one)]));
    const command = `"${process.execPath}" "${program.bin}" events ${path} | head -n 1`;
    const start = performance.now();
    const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: `# ${path}\n`, stderr: '' });
    const ended = performance.now() - start;
    const whole = performance.now();
    spawnSync(process.execPath, [program.bin, 'events', path], { stdio: 'ignore' });
    expect(ended).toBeLessThan((performance.now() - whole) / 2);
  });
});
