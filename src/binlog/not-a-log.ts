import type { FileWindow } from '../bytes/file-window.ts';
import { UNPACK_COMMANDS } from '../bytes/packing.ts';
import type { LogHead } from './log-head.ts';

/** No more of a file is looked at. */
const LOOK_BYTES = 4096;

type Tell = (head: Buffer, text: string) => boolean;

const begins =
  (...starts: readonly string[]): Tell =>
  (head) =>
    starts.some((hex) => head.toString('hex', 0, hex.length / 2) === hex);

const matches =
  (pattern: RegExp): Tell =>
  (_, text) =>
    pattern.test(text);

/**
 * Page 0 of an InnoDB tablespace: page number 0, type FIL_PAGE_TYPE_FSP_HDR, and the space id both
 * in the page's header and in the space's (storage/innobase/include/fil0types.h, fsp0types.h).
 */
const isTablespace: Tell = (head) =>
  head.length >= 42 &&
  head.readUInt32BE(4) === 0 &&
  head.readUInt16BE(24) === 8 &&
  head.readUInt32BE(34) === head.readUInt32BE(38);

/** What files are taken for logs, and what to do instead; the first that fits. */
const KINDS: readonly (readonly [Tell, string])[] = [
  [(head) => head.length === 0, 'is empty'],
  [(head) => head.every((byte) => byte === 0), 'holds zeros only, as far as it was looked at'],
  [
    begins('c3be62696e', 'efbfbd62696e'),
    'a log that went through a conversion of text: the bytes above 7f are lost. Copy it again as binary (scp, rsync; no editor, no clipboard)',
  ],
  [
    matches(/^\s*(?:[0-9a-f]{4,16}:?\s+(?:[0-9a-f]{2,4}\s+){3,}|[0-9a-f]{32,}\s*(?:\n|$))/i),
    'a hexdump as text: `xxd -r` (or `xxd -r -p`) turns it into the log again',
  ],
  [
    matches(/^(?:\/\*!\d+ SET @@SESSION\.PSEUDO|# The proper term is pseudo_|DELIMITER \/\*!\*\/)/),
    'the text that mysqlbinlog made of a log: the log itself is needed',
  ],
  [
    (head) => head[0] === 0xff && head[1] === 0xfe && head[3] === 0,
    'text in UTF-16, as PowerShell writes it when a program’s output is redirected: copy the log itself, as binary',
  ],
  [begins('fefe0c01'), 'a GTID index of MariaDB (.idx): the log of the same name is needed'],
  [
    matches(/^[^]{16}(?:MySQL|MariaDB|Backup) /),
    'a redo log of InnoDB: replication logs are mysql-bin.NNNNNN, relay-bin.NNNNNN or so',
  ],
  [isTablespace, 'a tablespace of InnoDB, no replication log'],
  [matches(/^XBSTCK/), 'a stream of xtrabackup or mariabackup: unpack it (xbstream -x)'],
  [matches(/^mysqld? .*, Version: /), 'a general or slow query log'],
];

/** A binary log that MariaDB 12.3+ keeps inside InnoDB (`binlog_storage_engine=innodb`). */
const IBB = /\.ibb$/i;

/** Why this file is not read as a log: a phrase that says what it is and what would help. */
export const notALog = (window: FileWindow, head: LogHead, path = ''): string => {
  if (head.kind === 'encrypted') return 'an encrypted log: its events need the key of its server';
  if (head.kind === 'packed') {
    return `a file packed with ${head.packing}: ${UNPACK_COMMANDS[head.packing]} | repl-forensics … -`;
  }
  if (IBB.test(path)) {
    return 'a binary log in the pages of InnoDB (MariaDB 12.3, binlog_storage_engine=innodb): not read here, mariadb-binlog of that version reads it';
  }
  const bytes = window.copy(0, LOOK_BYTES);
  const text = bytes.toString('latin1');
  const known = KINDS.find(([tells]) => tells(bytes, text));
  const found = bytes.toString('hex', 0, 4);
  return known
    ? `no binary or relay log: ${known[1]}`
    : `no binary or relay log: begins with ${found} instead of fe62696e`;
};
