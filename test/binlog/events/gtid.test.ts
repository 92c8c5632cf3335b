import { expect, test } from 'vitest';
import { decode, hex, problemOf, tear } from './event-bytes.ts';

const MYSQL_56 = hex(`
  01                                # gtid_flags
  6eb17eb4e4ce11f1a18702fc00000001  # uuid
  0100000000000000                  # gno
`);

const MYSQL_57 = hex(`
  01                                # gtid_flags
  10440e47388511ebac5b0242ac110002  # uuid
  0600000000000000                  # gno
  02                                # logical_timestamp_typecode
  0000000000000000                  # last_committed
  0100000000000000                  # sequence_number
`);

const MYSQL_97 = hex(`
  00                                # gtid_flags
  7130ed26e4cd11f1a20602fc00000001  # uuid
  3d00000000000000                  # gno
  02                                # logical_timestamp_typecode
  0000000000000000                  # last_committed
  0100000000000000                  # sequence_number
  dac6bcbcb26006                    # immediate_commit_timestamp
  fc4801                            # transaction_length
  50620100                          # immediate_server_version
`);

const REPLICATED = hex(`
  01                                # gtid_flags
  1221e8d4e4cd11f1828802fc00000001  # uuid
  0200000000000000                  # gno
  02                                # logical_timestamp_typecode
  0100000000000000                  # last_committed
  0200000000000000                  # sequence_number
  32d666b3b26086                    # immediate_commit_timestamp, bit 55: the original follows
  4b8c63b3b26006                    # original_commit_timestamp
  e3                                # transaction_length
  50620180                          # immediate_server_version, bit 31: the original follows
  f9380100                          # original_server_version
  0900000000000000                  # commit_group_ticket
`);

test('a GTID of MySQL 5.6 is flags, uuid and number', () => {
  expect(decode(33, MYSQL_56, { postHeaderLength: 25 })).toEqual({
    type: 'gtid',
    flags: 1,
    anonymous: false,
    mayHaveStatements: true,
    uuid: '6eb17eb4-e4ce-11f1-a187-02fc00000001',
    tag: '',
    gno: 1n,
    lastCommitted: null,
    sequenceNumber: null,
    immediateCommitTimestamp: null,
    originalCommitTimestamp: null,
    transactionLength: null,
    immediateServerVersion: null,
    originalServerVersion: null,
    commitGroupTicket: null,
  });
});

test('a GTID of MySQL 5.7 has the logical clock of the parallel applier', () => {
  expect(decode(33, MYSQL_57, { postHeaderLength: 42 })).toMatchObject({
    uuid: '10440e47-3885-11eb-ac5b-0242ac110002',
    gno: 6n,
    lastCommitted: 0n,
    sequenceNumber: 1n,
    immediateCommitTimestamp: null,
    transactionLength: null,
  });
});

test('a GTID of MySQL 9.7 says when, how long and which version', () => {
  expect(decode(33, MYSQL_97, { postHeaderLength: 42 })).toEqual({
    type: 'gtid',
    flags: 0,
    anonymous: false,
    mayHaveStatements: false,
    uuid: '7130ed26-e4cd-11f1-a206-02fc00000001',
    tag: '',
    gno: 61n,
    lastCommitted: 0n,
    sequenceNumber: 1n,
    immediateCommitTimestamp: 1795170647197402n,
    originalCommitTimestamp: 1795170647197402n,
    transactionLength: 328n,
    immediateServerVersion: 90704,
    originalServerVersion: 90704,
    commitGroupTicket: null,
  });
});

test('a replicated GTID has times and versions of two servers', () => {
  expect(decode(33, REPLICATED, { postHeaderLength: 42 })).toMatchObject({
    immediateCommitTimestamp: 1795170490570290n,
    originalCommitTimestamp: 1795170490354763n,
    transactionLength: 227n,
    immediateServerVersion: 90704,
    originalServerVersion: 80121,
    commitGroupTicket: 9n,
  });
});

test('an anonymous one has the number 0', () => {
  const body = hex(`00 ${'00'.repeat(24)} 02 0100000000000000 0200000000000000`);
  expect(decode(34, body)).toMatchObject({
    anonymous: true,
    gno: 0n,
    lastCommitted: 1n,
    sequenceNumber: 2n,
  });
});

test('each newer part may be absent, none may be cut', () => {
  const whole = new Set([25, 42, 49, 56, 57, 61]);
  for (let n = 0; n < REPLICATED.length; n += 1) {
    const problem = problemOf(33, REPLICATED.subarray(0, n));
    // Bit 55 and bit 31 promise a second value: 49 and 61 end before it.
    const fine = (whole.has(n) && n !== 49 && n !== 61) || n >= 65;
    expect([n, problem === 'none']).toEqual([n, fine]);
  }
  tear(33, MYSQL_97);
});
