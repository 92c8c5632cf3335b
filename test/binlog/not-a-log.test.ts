import { expect, test } from 'vitest';
import { readLogHead } from '../../src/binlog/log-head.ts';
import { notALog } from '../../src/binlog/not-a-log.ts';
import { fromBytes } from '../../src/bytes/byte-source.ts';
import { FileWindow } from '../../src/bytes/file-window.ts';
import { LogBuilder } from '../support/build-log.ts';

const log = new LogBuilder().format().query('INSERT INTO t VALUES (1)').bytes();

/** Page 0 of a tablespace with space id 23. */
const tablespace = (): Buffer => {
  const page = Buffer.alloc(16384);
  page.writeUInt32BE(0x5ca1ab1e, 0);
  page.writeUInt16BE(8, 24);
  page.writeUInt32BE(23, 34);
  page.writeUInt32BE(23, 38);
  return page;
};

const hexdump = [...log.subarray(0, 32)].map((byte) => byte.toString(16).padStart(2, '0'));

test.each<readonly [string, Buffer, RegExp]>([
  ['an empty file', Buffer.alloc(0), /is empty/],
  ['zeros', Buffer.alloc(9000), /zeros only/],
  ['read as Latin 1, written as UTF-8', Buffer.from(log.toString('latin1')), /Copy it again/],
  ['read and written as UTF-8', Buffer.from(log.toString('utf8')), /Copy it again/],
  ['xxd', Buffer.from(`00000000: fe62 696e 7b2f 1e67 0f01 0000 0077 0000  .bin\n`), /xxd -r/],
  ['xxd -p', Buffer.from(`${hexdump.join('')}\n`), /xxd -r -p/],
  ['hexdump -C', Buffer.from(`00000000  ${hexdump.slice(0, 16).join(' ')}  |.bin|\n`), /xxd -r/],
  [
    'mysqlbinlog 8.0',
    Buffer.from('# The proper term is pseudo_replica_mode, but\n'),
    /text that mysql/,
  ],
  [
    'mysqlbinlog 5.7',
    Buffer.from('/*!50530 SET @@SESSION.PSEUDO_SLAVE_MODE=1*/;'),
    /text that mysql/,
  ],
  ['UTF-16', Buffer.from('\ufeff# at 4\r\n', 'utf16le'), /PowerShell/],
  ['a GTID index', Buffer.from('fefe0c0101020304', 'hex'), /\.idx/],
  ['a tablespace', tablespace(), /tablespace/],
  ['a redo log', Buffer.from(`${'\0'.repeat(16)}MySQL 8.0.36`, 'latin1'), /redo log/],
  ['anything else', Buffer.from('#!/bin/sh\n'), /begins with 23212f62 instead of fe62696e/],
])('%s is told', (_, bytes, told) => {
  const window = new FileWindow(fromBytes(bytes));
  const head = readLogHead(window);
  expect(head.kind).toBe('none');
  expect(notALog(window, head)).toMatch(told);
});

test('a log in the pages of InnoDB, by its name', () => {
  const window = new FileWindow(fromBytes(Buffer.alloc(64, 1)));
  expect(notALog(window, readLogHead(window), 'binlog-000001.ibb')).toMatch(/MariaDB 12\.3/);
});
