import { expect, test } from 'vitest';
import { decode, hex, tear } from './event-bytes.ts';

const BODY = hex(`
  00                                # one_phase
  01000000                          # formatID
  02000000                          # gtrid_length
  00000000                          # bqual_length
  7831                              # gtrid "x1"
`);

test('an XA prepare has the two parts of its XID', () => {
  expect(decode(38, BODY)).toEqual({
    type: 'xa-prepare',
    onePhase: false,
    formatId: 1,
    gtrid: Buffer.from('x1'),
    bqual: Buffer.alloc(0),
  });
});

test('an XA prepare cut anywhere is malformed', () => {
  expect(tear(38, BODY)).toBe(BODY.length);
});
