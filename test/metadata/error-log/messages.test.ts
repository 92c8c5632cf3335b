import { describe, expect, test } from 'vitest';
import type { ErrorLogMessage } from '../../../src/metadata/error-log/error-log.ts';
import { parseErrorLog } from '../../../src/metadata/error-log/error-log-reader.ts';
import { classicErrorNumber } from '../../../src/metadata/error-log/error-number.ts';
import { messageDefinitions } from '../../../src/metadata/error-log/messages/index.ts';
import { SOURCE_REFUSALS, sourceRefusal } from '../../../src/metadata/error-log/source-refusals.ts';
import { compileTemplate } from '../../../src/metadata/error-log/template.ts';
import { realLines } from '../../support/error-log-lines.ts';
import { textLines } from '../../support/error-log-texts.ts';

const messagesOf = (text: string): readonly ErrorLogMessage[] =>
  parseErrorLog(Buffer.from(text), { mask: (sql) => sql, zone: null }).messages;

describe.each([
  ['lines of real servers', realLines],
  ["texts of the servers' sources", textLines],
] as const)('%s', (_, lines) => {
  test.each(lines)('%s: %s', (kind, line, details) => {
    expect(messagesOf(`${line}\n`)).toMatchObject([{ kind }]);
    expect(messagesOf(`${line}\n`)[0]?.details).toEqual(details);
  });
});

test('every kind of the table has a line here', () => {
  const shown = new Set([...realLines, ...textLines].map(([kind]) => kind));
  expect(messageDefinitions.map(({ kind }) => kind).filter((kind) => !shown.has(kind))).toEqual([]);
});

test('no kind and no code stands in the table twice', () => {
  const kinds = messageDefinitions.map(({ kind }) => kind);
  expect(kinds).toEqual([...new Set(kinds)]);
  const codes = messageDefinitions.flatMap(({ codes }) => codes ?? []);
  expect(codes.filter((code, at) => codes.indexOf(code) !== at)).toEqual([]);
});

test.each(messageDefinitions)('the template of $kind matches no empty text', ({ texts }) => {
  for (const text of texts) expect(compileTemplate(text).pattern.test('')).toBe(false);
});

test('a code tells the kind where the text is new', () => {
  const line = '2026-11-20T10:42:11.123456Z 9 [ERROR] [MY-010557] [Repl] words of next year\n';
  expect(messagesOf(line)).toMatchObject([{ kind: 'receiver-lost-connection', code: 'MY-010557' }]);
});

test('what concerns neither replication nor the life of the server is counted alone', () => {
  const log = parseErrorLog(
    Buffer.from("2026-11-20 10:16:42 20225 [Note] Plugin 'FEDERATED' is disabled.\n"),
    { mask: (sql) => sql, zone: null },
  );
  expect(log).toMatchObject({ entries: 1, messages: [], counts: {} });
});

test('a message of a named connection tells its name, and who speaks', () => {
  const line =
    "2026-11-20 10:42:11 7 [ERROR] Master 'West-2': Slave SQL: something new, Internal MariaDB error code: 1";
  expect(messagesOf(line)).toMatchObject([
    { kind: 'applier-report', actor: 'applier', details: { channel: 'West-2' } },
  ]);
});

const refusals = [
  ['first-log-missing', 'Could not find first log file name in binary log index file'],
  ['position-beyond-end', 'Client requested master to start replication from position > file size'],
  ['position-outside', 'Client requested master to start replication from impossible position'],
  ['position-before-start', 'Client requested source to start replication from position < 4'],
  ['required-logs-purged', 'Cannot replicate because the source purged required binary logs.'],
  [
    'required-logs-purged',
    'The slave is connecting using CHANGE MASTER TO MASTER_AUTO_POSITION = 1, but the master has purged binary logs containing GTIDs that the slave requires.',
  ],
  [
    'replica-has-more-gtids',
    "Slave has more GTIDs than the master has, using the master's SERVER_UUID.",
  ],
  [
    'duplicate-server',
    'A slave with the same server_uuid/server_id as this slave has connected to the master',
  ],
  [
    'event-too-large',
    'log event entry exceeded max_allowed_packet; Increase max_allowed_packet on master',
  ],
  [
    'binlog-truncated',
    'binlog truncated in the middle of event; consider out of disk space on master',
  ],
  ['bogus-event', 'bogus data in log event'],
  ['checksum-failed', 'event read from binlog did not pass crc check'],
  [
    'checksum-not-understood',
    'Slave can not handle replication events with the checksum that master is configured to log',
  ],
  ['next-log-missing', 'could not find next log'],
  ['binlog-not-open', 'Binary log is not open'],
  ['source-server-id-missing', 'Misconfigured master - server id was not set'],
  ['source-server-id-missing', 'Misconfigured source - source server_id is 0'],
  ['format-description-missing', 'Could not find format_description_event in binlog file'],
  ['encryption-failed', 'Could not decrypt binlog: encryption key error'],
  [
    'gtid-diverged',
    "Error: connecting slave requested to start from GTID 0-1-9, which is not in the master's binlog. Since the master's binlog contains GTIDs with higher sequence numbers, it probably means that the slave has diverged",
  ],
  [
    'gtid-missing',
    "Connecting slave requested to start from GTID 0-1-9, which is not in the master's binlog",
  ],
  [
    'gtid-state-unavailable',
    'Failed to load replication slave GTID position from table mysql.gtid_slave_pos',
  ],
  ['log-unreadable', 'I/O error reading log event'],
  ['log-unreadable', 'unknown error reading log event on the master'],
  // MariaDB by GTID
  [
    'required-logs-purged',
    'Could not find GTID state requested by slave in any binlog files. Probably the slave state is too old and required binlog files have been purged.',
  ],
  [
    'gtid-diverged',
    'Requested slave GTID state not found in binlog. The slave has probably diverged due to executing erroneous transactions',
  ],
  ['gtid-missing', 'Requested slave GTID state not found in binlog'],
  [
    'gtid-in-hole',
    'The binlog on the master is missing the GTID 0-11-15 requested by the slave (even though both a prior and a subsequent sequence number does exist), and GTID strict mode is enabled',
  ],
  [
    'position-inside-event',
    "Slave requested incorrect position in master binlog. Requested position 333 in file 'mysql-bin.000002', but this position does not correspond to the location of any binlog event.",
  ],
  ['format-description-missing', 'Failed to find format descriptor event in start of binlog'],
  ['encryption-failed', 'Could not start decryption of binlog.'],
  ['encryption-failed', 'event decryption failure'],
  // MySQL 8.0: Binlog_read_error::get_str
  ['bogus-event', 'Found invalid event in binary log'],
  ['checksum-failed', 'Event crc check failed! Most likely there is event corruption.'],
  [
    'format-description-missing',
    "Binlog has bad magic number;  It's not a binary log file that can be used by this version of MySQL",
  ],
  [
    'encryption-failed',
    'Cannot get file password for encrypted replication log file, please check if keyring plugin is loaded',
  ],
  [
    'gtid-mode-mismatch',
    'The replication sender thread cannot start in AUTO_POSITION mode: this server has GTID_MODE = OFF_PERMISSIVE instead of ON.',
  ],
  [
    'gtid-mode-mismatch',
    'Cannot replicate anonymous transaction when AUTO_POSITION = 1, at file ./mysql-bin.000002, position 157.',
  ],
] as const;

describe('why a source ends the stream', () => {
  test.each(refusals)('%s: %s', (refusal, text) => {
    expect(sourceRefusal(text)).toBe(refusal);
    const line = `110317 20:51:22 [ERROR] Slave I/O: Got fatal error 1236 from master when reading data from binary log: '${text}; the first event 'b.000004' at 178, the last event read from './b.000004' at 127, the last byte read from './b.000004' at 197.', Error_code: 1236\n`;
    expect(messagesOf(line)[0]).toMatchObject({
      kind: 'source-refused',
      details: {
        refusal,
        sourceLog: 'b.000004',
        sourcePosition: 178,
        lastEventPosition: 127,
        lastBytePosition: 197,
      },
    });
  });

  test('each that is known has a text here', () => {
    const shown = new Set<string>(refusals.map(([refusal]) => refusal));
    expect(SOURCE_REFUSALS.map(({ refusal }) => refusal).filter((one) => !shown.has(one))).toEqual(
      [],
    );
  });
});

test('numbers of the server range are those of before', () => {
  expect([13114, 13117, 13124, 1236, 2003].map(classicErrorNumber)).toEqual([
    1236, 1593, 1872, 1236, 2003,
  ]);
});
