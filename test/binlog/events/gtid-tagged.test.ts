import { expect, test } from 'vitest';
import { decode, hex, problemOf, tear } from './event-bytes.ts';

const BODY = hex(`
  02                                # serialization_version 1
  76                                # message_size 59
  00                                # last_non_ignorable_field_id: none
  00 00                             # gtid_flags
  02                                # uuid: sixteen numbers
  ec 1103 4103 6502 9103 3903 22 c503 0502 ce 04 f103 00 00 00 02
  04 04                             # gno 1
  06 0a 6164686f63                  # tag "adhoc"
  08 28                             # last_committed 10
  0a 30                             # sequence_number 12
  0c 7f3f33d4d6b26006               # immediate_commit_timestamp
  10 5d04                           # transaction_length 279
  12 83120b                         # immediate_server_version 90704
`);

test('a tagged GTID is read from its numbered fields', () => {
  expect(decode(42, BODY)).toEqual({
    type: 'gtid-tagged',
    flags: 0,
    anonymous: false,
    mayHaveStatements: false,
    uuid: '76c4d099-e4ce-11f1-8167-02fc00000001',
    tag: 'adhoc',
    gno: 1n,
    lastCommitted: 10n,
    sequenceNumber: 12n,
    immediateCommitTimestamp: 1795171084940095n,
    originalCommitTimestamp: 1795171084940095n,
    transactionLength: 279n,
    immediateServerVersion: 90704,
    originalServerVersion: 90704,
    commitGroupTicket: null,
  });
});

test('a field number nobody knows ends the reading', () => {
  const body = Buffer.concat([BODY, hex('18 0a')]);
  body[1] = body.length * 2;
  expect(decode(42, body)).toMatchObject({ tag: 'adhoc', immediateServerVersion: 90704 });
});

test('a tagged GTID cut anywhere is malformed', () => {
  expect(tear(42, BODY)).toBe(BODY.length);
});

test('a message without uuid or number is malformed', () => {
  expect(problemOf(42, hex('02 0a 00 00 00'))).toMatch(/uuid: is not in the message$/);
});

test('a field that runs past the message is malformed', () => {
  const body = Buffer.from(BODY);
  body[1] = (body.length - 1) * 2;
  expect(problemOf(42, body)).toMatch(/message: runs 1 bytes too far$/);
});
