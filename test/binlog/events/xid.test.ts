import { expect, test } from 'vitest';
import { decode, hex, tear } from './event-bytes.ts';

const BODY = hex('5b00000000000000 # xid');

test('an XID event has its number', () => {
  expect(decode(16, BODY)).toEqual({ type: 'xid', xid: 91n });
});

test('an XID event cut anywhere is malformed', () => {
  expect(tear(16, BODY)).toBe(8);
});
