import { expect, test } from 'vitest';
import { serverMarks } from '../../src/evidence/server-marks.ts';

const marks = (...servers: readonly (readonly [number | null, string])[]) =>
  serverMarks(servers.map(([id, folder]) => ({ id, folder })));

test.each([
  ['ids of their own', [[1, 'x/a'] as const, [2, 'x/b'] as const], [null, null]],
  [
    'one id twice',
    [[7, 'x/a'] as const, [7, 'x/b'] as const, [1, 'x/s'] as const],
    ['a', 'b', null],
  ],
  [
    'no id twice',
    [[null, 'a'] as const, [null, 'b'] as const, [7, 'c'] as const],
    ['a', 'b', null],
  ],
  [
    'folders of one name',
    [[7, '/one/data'] as const, [7, '/two/data'] as const],
    ['one/data', 'two/data'],
  ],
  ['one folder in the other', [[7, 'x'] as const, [7, 'x/old'] as const], ['.', 'old']],
  ['one folder', [[7, 'x'] as const, [7, 'x'] as const], [null, null]],
  ['no servers', [], []],
])('%s', (_name, servers, wanted) => {
  expect(marks(...servers)).toEqual(wanted);
});
