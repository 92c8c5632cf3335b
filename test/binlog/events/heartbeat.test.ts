import { expect, test } from 'vitest';
import { decode, hex, tear } from './event-bytes.ts';

const BODY = hex('6d7973716c2d62696e2e303030303036 # log_ident');

test('a heartbeat names the log', () => {
  expect(decode(27, BODY)).toEqual({ type: 'heartbeat', logName: 'mysql-bin.000006' });
  expect(tear(27, BODY)).toBe(0);
});
