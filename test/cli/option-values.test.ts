import { expect, test } from 'vitest';
import { instant } from '../../src/cli/option-values.ts';

test.each([
  ['2026-11-20', '2026-11-20T00:00:00.000Z'],
  ['2026-11-20T10:00', '2026-11-20T10:00:00.000Z'],
  ['2026-11-20 10:00:01', '2026-11-20T10:00:01.000Z'],
  ['2026-11-20T10:00:00.5+02:00', '2026-11-20T08:00:00.500Z'],
])('--now %s is %s, UTC where no zone is said', (text, time) => {
  expect(instant(text).toJSON()).toBe(time);
});
