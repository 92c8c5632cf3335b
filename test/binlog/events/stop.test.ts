import { expect, test } from 'vitest';
import { decode, hex } from './event-bytes.ts';

test('a stop event has no body', () => {
  expect(decode(3, hex(''))).toEqual({ type: 'stop' });
});
