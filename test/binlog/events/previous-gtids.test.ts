import { expect, test } from 'vitest';
import type { GtidSet } from '../../../src/binlog/gtid-set.ts';
import { decode, hex, problemOf, tear } from './event-bytes.ts';

const UNTAGGED = hex(`
  0100000000000000                  # n_sids
  6eb17eb4e4ce11f1a18702fc00000001  # uuid
  0100000000000000                  # n_intervals
  0100000000000000                  # interval_start
  1600000000000000                  # interval_end, exclusive
`);

const TAGGED = hex(`
  01 020000000000 01                # format, n_tsids, format
  1221e8d4e4cd11f1828802fc00000001  # uuid
  00                                # no tag
  0100000000000000                  # n_intervals
  0100000000000000                  # interval_start
  1000000000000000                  # interval_end
  1221e8d4e4cd11f1828802fc00000001  # uuid
  0c 746167676564                   # tag "tagged"
  0100000000000000                  # n_intervals
  0100000000000000                  # interval_start
  0200000000000000                  # interval_end
`);

const PACKED = hex(`
  02 030000000000 02                # format, n_tsids, format
  04                                # n_tags 2
  00                                # the empty tag
  06 746167                         # tag_len 3, "tag"
  02 1221e8d4e4cd11f1828802fc00000001 # new uuid, tag 0
  06 08 04 0e                       # 3 boundaries, the first is 1: up to 6, from 9 up to 17
  04                                # same uuid, tag 1
  08 06 00 00 02                    # 4 boundaries: from 5 up to 6, from 7 up to 9
  06 6eb17eb4e4ce11f1a18702fc00000001 # new uuid, tag 1
  02 00                             # 1 boundary: up to 2
`);

const gtidsOf = (body: Buffer): string =>
  String((decode(35, body) as unknown as { gtids: GtidSet }).gtids);

test('previous GTIDs without tags', () => {
  expect(decode(35, UNTAGGED)).toMatchObject({ type: 'previous-gtids', format: 0 });
  expect(gtidsOf(UNTAGGED)).toBe('6eb17eb4-e4ce-11f1-a187-02fc00000001:1-21');
});

test('previous GTIDs with tags repeat the uuid for each', () => {
  expect(decode(35, TAGGED)).toMatchObject({ format: 1 });
  expect(gtidsOf(TAGGED)).toBe('1221e8d4-e4cd-11f1-8288-02fc00000001:1-15:tagged:1');
});

test('packed previous GTIDs store uuids and tags once, and intervals as distances', () => {
  expect(decode(35, PACKED)).toMatchObject({ format: 2 });
  expect(gtidsOf(PACKED)).toBe(
    '1221e8d4-e4cd-11f1-8288-02fc00000001:1-5:9-16:tag:5:7-8,6eb17eb4-e4ce-11f1-a187-02fc00000001:tag:1',
  );
});

test.each(['0000000000000000', '0100000000000001'])('an empty set: %s', (body) => {
  expect(gtidsOf(hex(body))).toBe('');
});

test('previous GTIDs cut anywhere are malformed', () => {
  expect(tear(35, UNTAGGED)).toBe(UNTAGGED.length);
  expect(tear(35, TAGGED)).toBe(TAGGED.length);
  expect(tear(35, PACKED)).toBe(PACKED.length);
});

test.each([
  ['ffffffffffffff00', /n_sids: \d+ entries in 0 bytes/],
  ['0000000000000007', /n_sids: format 7 is none we know/],
  [`0100000000000000 ${'ab'.repeat(16)} ffffffffffffffff`, /n_intervals: \d+ intervals in 0 bytes/],
  [
    `0100000000000000 ${'ab'.repeat(16)} 0100000000000000 0500000000000000 0500000000000000`,
    /interval_end: 5 to 5 does not follow 0/,
  ],
])('a count or interval that lies is malformed: %s', (body, problem) => {
  expect(problemOf(35, hex(body))).toMatch(problem);
});
