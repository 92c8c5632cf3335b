import { expect, test } from 'vitest';
import { decode, hex, problemOf, tear } from './event-bytes.ts';

const UUID = '3e11fa47-71ca-11e1-9e33-c80aa9429562';

const BODY = hex(`
  24                                # server_uuid_len
  0a000000                          # thread_id
  01                                # gtid_specified
  08000000                          # encoded_snapshot_version_len
  02000000                          # write_set_len
  01000000                          # read_set_len
  ${Buffer.from(UUID).toString('hex')}
  0000000000000000                  # encoded_snapshot_version: no GTIDs
  0800 1122334455667788             # write_set item
  0200 aabb                         # write_set item
  0000                              # read_set item
`);

test('a transaction context has what the group certifies', () => {
  expect(decode(36, BODY, { postHeaderLength: 18 })).toEqual({
    type: 'transaction-context',
    threadId: 10,
    gtidSpecified: true,
    serverUuid: UUID,
    snapshotVersion: Buffer.alloc(8),
    writeSet: [hex('1122334455667788'), hex('aabb')],
    readSet: [Buffer.alloc(0)],
  });
});

test('a transaction context cut anywhere is malformed', () => {
  expect(tear(36, BODY)).toBe(BODY.length);
});

test('a count that lies is malformed before anything is allocated', () => {
  const lying = Buffer.from(BODY);
  lying.writeUInt32LE(0xffff_fff0, 14);
  expect(problemOf(36, lying)).toMatch(/read_set: 4294967280 items in 2 bytes$/);
});
