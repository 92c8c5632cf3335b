import { expect, test } from 'vitest';
import { decode, hex, problemOf, tear } from './event-bytes.ts';

const PLAIN = hex(`
  0500000000000000                  # seq_no
  00000000                          # domain_id
  0c                                # flags2: TRANSACTIONAL, ALLOW_PARALLEL
  000000000000                      # padding
`);

const PREPARED = hex(`
  0800000000000000                  # seq_no
  00000000                          # domain_id
  4c                                # flags2: PREPARED_XA, TRANSACTIONAL, ALLOW_PARALLEL
  01000000 01 00 78                 # formatID, gtrid_length, bqual_length, "x"
  11                                # flags_extra: THREAD_ID, MULTI_ENGINE
  ff                                # extra_engines
  07000000                          # thread_id
`);

test('a GTID of MariaDB takes its server id from the header', () => {
  expect(decode(162, PLAIN, { serverId: 11, postHeaderLength: 19 })).toEqual({
    type: 'mariadb-gtid',
    domain: 0,
    server: 11,
    sequence: 5n,
    flags: 0x0c,
    commitId: null,
    xid: null,
    flagsExtra: 0,
    extraEngines: null,
    startAlterSequence: null,
    threadId: null,
  });
});

test('a prepared XA transaction of MariaDB 11.8 has its XID and thread', () => {
  expect(decode(162, PREPARED, { serverId: 141 })).toMatchObject({
    sequence: 8n,
    flags: 0x4c,
    xid: { formatId: 1, gtrid: Buffer.from('x'), bqual: Buffer.alloc(0) },
    flagsExtra: 0x11,
    extraEngines: 255,
    threadId: 7,
  });
});

test('a group commit has its id, the end of an ALTER its start', () => {
  const body = hex('0100000000000000 02000000 02 3900000000000000 04 0600000000000000');
  expect(decode(162, body)).toMatchObject({
    domain: 2,
    commitId: 57n,
    flagsExtra: 4,
    startAlterSequence: 6n,
  });
});

test('a GTID of MariaDB cut in its fields is malformed', () => {
  expect(tear(162, PLAIN)).toBe(13);
  expect(problemOf(162, PREPARED.subarray(0, 24))).toMatch(/thread_id: needs 4 bytes, 2 left$/);
  tear(162, PREPARED);
});
