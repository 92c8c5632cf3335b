import { expect, test } from 'vitest';
import { decode, hex, tear } from './event-bytes.ts';

const BODY = hex(
  '757064617465206170702e636f756e7465727320736574206e3d6e2b312077686572652069643d32',
);

test('annotated rows have the statement', () => {
  expect(decode(160, BODY)).toEqual({
    type: 'annotate-rows',
    sql: Buffer.from('update app.counters set n=n+1 where id=2'),
  });
});

test('annotated rows have no structure to break', () => {
  expect(tear(160, BODY)).toBe(0);
});
