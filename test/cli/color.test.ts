import { describe, expect, test } from 'vitest';
import { colorLevel } from '../../src/cli/color.ts';

describe('colour is decided by', () => {
  test.each([
    ['auto', {}, true, 1],
    ['auto', {}, false, 0],
    ['auto', { TERM: 'dumb' }, true, 0],
    ['auto', { NO_COLOR: '1' }, true, 0],
    ['auto', { NO_COLOR: '' }, true, 1],
    ['auto', { FORCE_COLOR: '1' }, false, 1],
    ['auto', { FORCE_COLOR: '3' }, false, 3],
    ['auto', { FORCE_COLOR: '0' }, true, 0],
    ['auto', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, 0],
    ['always', { NO_COLOR: '1' }, false, 1],
    ['never', { FORCE_COLOR: '1' }, true, 0],
  ] as const)('--color %s, %j, terminal %s: %i', (choice, env, isTTY, level) => {
    expect(colorLevel(choice, env, isTTY)).toBe(level);
  });
});
