import { expect, test } from 'vitest';
import { decode, hex, problemOf, tear } from './event-bytes.ts';

const FIRST = hex(`
  01000000                          # seq_no
  03000000                          # total_fragments
  01                                # flags FL_ORIG_EVENT_SIZE
  0010000000000000                  # original_event_size
  aabbcc                            # fragment
`);

test('the first part of a rows event says how large it is as a whole', () => {
  expect(decode(172, FIRST)).toEqual({
    type: 'partial-row-data',
    sequence: 1,
    fragments: 3,
    flags: 1,
    originalSize: 4096n,
    fragment: hex('aabbcc'),
  });
});

test.each([
  ['first', '02000000 03000000 00 dd'],
  ['last', '03000000 02000000 00 dd'],
])('the number of the part may stand %s', (_where, body) => {
  expect(decode(172, hex(body))).toMatchObject({
    sequence: 2,
    fragments: 3,
    originalSize: null,
    fragment: hex('dd'),
  });
});

test('there is no part 0', () => {
  expect(problemOf(172, hex('00000000 03000000 00'))).toMatch(/seq_no: parts are numbered from 1$/);
});

test('a part cut anywhere in its head is malformed', () => {
  expect(tear(172, FIRST)).toBe(FIRST.length - 3);
});
