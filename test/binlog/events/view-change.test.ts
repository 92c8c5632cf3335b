import { expect, test } from 'vitest';
import { decode, hex, problemOf, tear } from './event-bytes.ts';

const BODY = hex(`
  31363034313a37                    # view_id "16041:7", 40 bytes with its NULs
  ${'00'.repeat(33)}
  0c00000000000000                  # seq_number
  02000000                          # certification_info_len
  0200 6b31  03000000 010203        # key "k1", value
  0000       00000000               # key "", no value
`);

test('a view change has the view and the state of certification', () => {
  expect(decode(37, BODY, { postHeaderLength: 52 })).toEqual({
    type: 'view-change',
    viewId: '16041:7',
    sequenceNumber: 12n,
    certificationInfo: [
      { key: 'k1', value: hex('010203') },
      { key: '', value: Buffer.alloc(0) },
    ],
  });
});

test('a view change cut anywhere is malformed', () => {
  expect(tear(37, BODY)).toBe(BODY.length);
});

test('a count that lies is malformed before anything is allocated', () => {
  const lying = Buffer.from(BODY);
  lying.writeUInt32LE(0xffff_ffff, 48);
  expect(problemOf(37, lying)).toMatch(/certification_info_len: 4294967295 entries in 17 bytes$/);
});
