import { describe, expect, test } from 'vitest';
import { parseErrorLog } from '../../../src/metadata/error-log/error-log-reader.ts';
import { logZone } from '../../../src/metadata/error-log/log-time.ts';

const TEXT = "Slave SQL thread initialized, starting replication in log 'b.000002' at position 4";
const SAID = `${TEXT}, relay log './r.000001' position: 9`;

const read = (text: string, zone: string | null = null) =>
  parseErrorLog(Buffer.from(text), {
    mask: (sql) => sql,
    zone: zone === null ? null : logZone(zone),
  });

const UTC = { text: '2026-11-20T09:42:11.123456Z', zone: 'stated' };
const WALL = { text: '2026-11-20T09:42:11', zone: 'unknown' };

describe('line formats', () => {
  test.each([
    ['MySQL to 5.5, MariaDB to 10.1.4', `261120  9:42:11 [Note] ${SAID}`, WALL, null],
    ['MySQL 5.6', `2026-11-20 09:42:11 1234 [Note] ${SAID}`, WALL, '1234'],
    ['MariaDB', `2026-11-20  9:42:11 7 [Note] ${SAID}`, WALL, '7'],
    ['MySQL 5.7', `2026-11-20T09:42:11.123456Z 7 [Note] ${SAID}`, UTC, '7'],
    ['MySQL 5.7 in local time', `2026-11-20T11:42:11.123456+02:00 7 [Note] ${SAID}`, UTC, '7'],
    ['MySQL 8.0', `2026-11-20T09:42:11.123456Z 7 [Note] [MY-010581] [Repl] ${SAID}`, UTC, '7'],
    [
      'JSON sink',
      `{ "prio" : 3, "err_code" : 10581, "subsystem" : "Repl", "msg" : "${SAID}", "time" : "2026-11-20T09:42:11.123456Z", "ts" : 1795167731123, "thread" : 7, "err_symbol" : "ER_RPL", "label" : "Note" }`,
      UTC,
      '7',
    ],
  ])('%s', (_, line, time, thread) => {
    expect(read(`${line}\n`).messages).toEqual([
      {
        kind: 'applier-starting',
        actor: 'applier',
        level: 'Note',
        time,
        thread,
        code: /10581/.test(line) ? 'MY-010581' : null,
        offset: 0,
        text: SAID,
        details: {
          sourceLog: 'b.000002',
          sourcePosition: 4,
          relayLog: './r.000001',
          relayPosition: 9,
        },
      },
    ]);
  });
});

describe('carriers', () => {
  const line = `2026-11-20T09:42:11.123456Z 7 [Note] ${SAID}`;

  test.each([
    ['syslog', `Nov 20 09:42:12 db1 mysqld[1234]: ${line}`],
    ['syslog with a priority', `<30>Nov  2 09:42:12 db1 mariadbd: ${line}`],
    ['rsyslog in ISO', `2026-11-20T10:42:12.000001+01:00 db1 mysqld[12]: ${line}`],
    ['journalctl -o short-iso', `2026-11-20T10:42:12+0100 db1 mariadbd[12]: ${line}`],
    ['journalctl -o short-full', `Fri 2026-11-20 09:42:12 UTC db1 mariadbd[12]: ${line}`],
    ['journalctl -o json', JSON.stringify({ MESSAGE: line, _PID: '1' })],
    ['docker, its files', JSON.stringify({ log: `${line}\n`, stream: 'stderr', time: 'x' })],
    ['docker logs --timestamps', `2026-11-20T09:42:12.123456789Z ${line}`],
    ['docker compose', `db-1  | ${line}`],
    ['Kubernetes', `2026-11-20T09:42:12.123456789Z stderr F ${line}`],
  ])('%s', (_, carried) => {
    expect(read(`${carried}\n`).messages).toMatchObject([
      { kind: 'applier-starting', time: UTC, thread: '7', text: SAID },
    ]);
  });

  test('the time of the carrier stands in where the server wrote none', () => {
    const [message] = read(`2026-11-20T09:42:11.123456Z db1 mysqld[12]: [Note] ${SAID}\n`).messages;
    expect(message).toMatchObject({ time: UTC, level: 'Note', text: SAID });
  });

  test('lines without a head lose what carried them', () => {
    const prefix = 'Nov 20 09:42:12 db1 mariadbd[12]: ';
    const log = `${prefix}2026-11-20 9:42:11 0 [Note] mariadbd: ready for connections.\n${prefix}Version: '10.11.19-MariaDB-log'  socket: '/s'  port: 3306  x\n`;
    expect(read(log.replace('20 9:', '20  9:')).messages).toMatchObject([
      {
        kind: 'server-ready',
        text: "mariadbd: ready for connections.\nVersion: '10.11.19-MariaDB-log'  socket: '/s'  port: 3306  x",
        details: { serverVersion: '10.11.19-MariaDB-log', port: 3306 },
      },
    ]);
  });

  test('a JSON sink in a container is read through both', () => {
    const inner = JSON.stringify({ prio: 0, err_code: 10910, msg: 'mysqld: Shutdown complete' });
    const outer = JSON.stringify({ log: `${inner}\n`, stream: 'stderr', time: 'x' });
    expect(read(`${outer}\n`).messages).toMatchObject([
      { kind: 'server-stopped', level: 'System', code: 'MY-010910', time: null },
    ]);
  });

  test.each(['{', '{"log":1}', '{"prio":1}', '{"msg":"x"}', '{"log":"nothing"}', '{}'])(
    '%s begins no entry',
    (line) => expect(read(`${line}\n`)).toMatchObject({ entries: 0, messages: [] }),
  );
});

test('a message over several lines is one, and is known by all of them', () => {
  const log = `110317 20:51:22 [ERROR] Slave I/O: error connecting to master 'slave@10.X.X.X:3306'
- retry-time: 30 retries: 86400, Error_code: 2026
110317 20:51:23 [Note] Slave I/O thread killed while connecting to master
`;
  expect(read(log).messages).toMatchObject([
    {
      kind: 'receiver-connect-failed',
      offset: 0,
      text: "Slave I/O: error connecting to master 'slave@10.X.X.X:3306'\n- retry-time: 30 retries: 86400, Error_code: 2026",
      details: { retryTime: 30, attempt: 86400, errorNumber: 2026 },
    },
    { kind: 'receiver-killed', offset: 134 },
  ]);
});

test('zeros before a line, where a crash lost a block, are passed over, and CRLF is a newline', () => {
  const log = `${'\0'.repeat(4)}261120  9:42:11 [Note] ${SAID}\r\n\0\0\n`;
  expect(read(log).messages).toMatchObject([{ offset: 4, text: SAID, time: WALL }]);
});

test('first and last time are of all entries, in the zone that was given', () => {
  const log = `2026-11-20 10:00:00 1 [Note] one\n2026-11-20 11:00:00 1 [Note] ${SAID}\n2026-11-20 12:00:00 1 [Note] two\nInnoDB: Three\n`;
  expect(read(log, 'Europe/Vienna')).toMatchObject({
    entries: 4,
    first: { text: '2026-11-20T09:00:00Z', zone: 'given' },
    last: { text: '2026-11-20T11:00:00Z', zone: 'given' },
    messages: [{ time: { text: '2026-11-20T10:00:00Z', zone: 'given' } }],
  });
});
