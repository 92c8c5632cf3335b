import { expect, test } from 'vitest';
import { logNameOf, splitLogName } from '../../src/binlog/coordinates.ts';

test.each([
  ['/backup/db1/relay-bin.000002.gz', 'relay-bin.000002'],
  ['C:\\backup\\mysql-bin.000041.ZST', 'mysql-bin.000041'],
  ['mysql-bin.index.zstd', 'mysql-bin.index'],
  ['master.info.gzip', 'master.info'],
  ['mysql-bin.000002', 'mysql-bin.000002'],
  ['relay-bin.000002.gz.bak', 'relay-bin.000002.gz.bak'],
  ['gz', 'gz'],
  ['-', 'stdin'],
])('%s is known to its server as %s', (path, name) => {
  expect(logNameOf(path)).toBe(name);
});

test('a compressed log belongs to its series', () => {
  expect(splitLogName(logNameOf('a/relay-bin.000002.gz'))).toEqual({
    base: 'relay-bin',
    number: 2,
  });
  expect(splitLogName('relay-bin.000002.gz')).toBeNull();
});
