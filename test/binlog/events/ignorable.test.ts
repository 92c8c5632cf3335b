import { expect, test } from 'vitest';
import { decode, hex, tear } from './event-bytes.ts';

test('an ignorable event is whatever it holds', () => {
  const body = hex('00 fc ff 41             # payload');
  expect(decode(28, body)).toEqual({ type: 'ignorable', payload: body });
  expect(tear(28, body)).toBe(0);
});
