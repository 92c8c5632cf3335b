import { expect, test } from 'vitest';
import { UsageError } from '../../src/cli/failures.ts';
import { instant, timeZone } from '../../src/cli/option-values.ts';

test.each([
  ['2026-11-20', '2026-11-20T00:00:00.000Z'],
  ['2026-11-20T10:00', '2026-11-20T10:00:00.000Z'],
  ['2026-11-20 10:00:01', '2026-11-20T10:00:01.000Z'],
  ['2026-11-20T10:00:00.5+02:00', '2026-11-20T08:00:00.500Z'],
])('--now %s is %s, UTC where no zone is said', (text, time) => {
  expect(instant(text).toJSON()).toBe(time);
});

test('--log-timezone takes an offset or a name, and nothing else', () => {
  const noon = Date.UTC(2026, 6, 1, 12);
  expect(timeZone('+02:00')(noon)).toBe(7_200_000);
  expect(timeZone('Europe/Vienna')(noon)).toBe(7_200_000);
  expect(() => timeZone('Nowhere/Town')).toThrow(UsageError);
  expect(() => timeZone(['Z', 'Z'])).toThrow(UsageError);
});
