import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fromBytes } from '../../src/bytes/byte-source.ts';
import { formats, type ListingFormatName } from '../../src/listing/formats/index.ts';
import { EventLister, type EventsOptions } from '../../src/listing/list-events.ts';
import { LogBuilder, patched } from '../support/build-log.ts';
import { everything } from './everything.ts';

const LOGS = join(import.meta.dirname, '../oracle/logs');
const NAMES = Object.keys(formats) as ListingFormatName[];

const list = (name: string, bytes: Buffer, options: Partial<EventsOptions> = {}): string => {
  const lister = new EventLister(
    { ...everything, trace: false, verbose: false, ...options },
    () => undefined,
  );
  const log = { path: name, name: basename(name), source: fromBytes(bytes) };
  return [...lister.list(log)].join('');
};

const stored = (name: string): Buffer => readFileSync(join(LOGS, name));

describe.each(NAMES)('%s', (format) => {
  test('shows no password and no hash, in values, text and hex', () => {
    const log = stored('gtids-mysql-9.7/binlog.000001');
    const hash = '$A$00';
    expect(log.toString('latin1')).toContain(hash);
    const text = list('binlog.000001', log, { format, trace: true });
    expect(text).toContain('IDENTIFIED WITH');
    expect(text).not.toContain(hash);
    expect(text).not.toContain(Buffer.from(hash).toString('hex'));
  });

  test('spells out what a terminal would obey', () => {
    const log = new LogBuilder().format().query('SELECT 1 /* \x1b[2J \u202e */');
    const text = list('mysql-\x1b[2Jbin.000001', log.bytes(), { format });
    expect(text).toContain('SELECT 1');
    for (const obeyed of ['\x1b', '\u202e']) expect(text).not.toContain(obeyed);
  });

  test('a log without events has no heading', () => {
    expect(list('a', Buffer.from('fe62696e', 'hex'), { format })).toBe('');
  });
});

describe('sql', () => {
  const sql = (name: string, log: Buffer): readonly string[] =>
    list(name, log, { format: 'sql' }).split('\n');

  test('says the database once, and a GTID once an event', () => {
    const lines = sql('binlog.000002', stored('row-types-mysql-9.7/mysql-bin.000002'));
    expect(lines.filter((line) => line.startsWith('USE '))).toEqual(['USE `ty`;']);
    const headings = lines.filter((line) => / (?:Gtid|Xid): /.test(line));
    const gtid = /7130ed26-e4cd-11f1-a206-02fc00000001:\d+/g;
    expect(headings.length).toBeGreaterThan(2);
    expect(headings.map((line) => line.match(gtid)?.length)).toEqual(headings.map(() => 1));
  });

  test('changes of JSON documents name the column', () => {
    const lines = sql('mysql-bin.000003', stored('row-types-mysql-9.7/mysql-bin.000003'));
    expect(lines).toContain("###   `j`=JSON_REMOVE(`j`, '$.b[0]')");
  });

  test('settings that belong to a statement stand before it', () => {
    const lines = sql('mysql-bin.000001', stored('relayed-mariadb-11.8/mysql-bin.000001'));
    const at = lines.indexOf('SET INSERT_ID=3;');
    expect(at).toBeGreaterThan(0);
    expect(lines.slice(at + 1).find((line) => !line.startsWith('#'))).toMatch(/^INSERT INTO b\.t/);
  });
});

describe('table', () => {
  test('what an unread place holds is told where it is, as far as its header says', () => {
    const log = new LogBuilder().format().query('SELECT 1').query('SELECT 2').query('SELECT 3');
    const { offset, size, end } = log.event(2);
    const lines = list('a.000001', patched(log.bytes(), offset + 30, 0xee), { format: 'table' });
    expect(lines.split('\n')).toContain(
      `!! a.000001: at ${offset}: checksum: the CRC32 of this event does not fit its bytes (Query of server 1); ${size} bytes not used, reading goes on at ${end}`,
    );
    expect(lines).not.toContain('SELECT 2');
  });

  test('a damaged format description is listed all the same, and told so', () => {
    const log = new LogBuilder().format().query('SELECT 1').query('SELECT 2');
    const text = list('a.000001', patched(log.bytes(), 4 + 19 + 53, 0xee), { format: 'table' });
    expect(text).toMatch(/^!! .*Format_description of server 1\); listed all the same$/m);
    expect(text).toContain('SELECT 2');
  });

  test('positions that a server left out are those of the file', () => {
    const log = new LogBuilder().format().query('SELECT 1', { logPos: 0 });
    const { end } = log.event(1);
    const line = list('a.000001', log.bytes()).split('\n').at(-2);
    expect(line).toMatch(new RegExp(`^ +\\d+  ${end} `));
  });
});
