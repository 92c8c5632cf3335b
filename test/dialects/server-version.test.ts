import { describe, expect, test } from 'vitest';
import { atLeast, compareVersion, parseServerVersion } from '../../src/dialects/server-version.ts';

describe('a server version splits into flavor and three numbers', () => {
  test.each([
    ['5.0.96', 'mysql', 5, 0, 96],
    ['5.6.24-log', 'mysql', 5, 6, 24],
    ['8.0.35-27', 'mysql', 8, 0, 35],
    ['9.7.4-2', 'mysql', 9, 7, 4],
    ['5.5.5', 'mysql', 5, 5, 5],
    ['5.5.68-MariaDB', 'mariadb', 5, 5, 68],
    ['5.1.44-maria-beta', 'mariadb', 5, 1, 44],
    ['10.11.19-MariaDB-0+deb12u1-log', 'mariadb', 10, 11, 19],
    ['5.5.5-10.4.34-MariaDB-log', 'mariadb', 10, 4, 34],
  ])('%s', (text, flavor, major, minor, patch) => {
    expect(parseServerVersion(text)).toEqual({ text, flavor, major, minor, patch });
  });

  test.each(['', '8.0', 'MariaDB', '8.0.mysql_aurora.3.04.0', ' 8.0.1'])('%j has none', (text) => {
    expect(parseServerVersion(text)).toBeNull();
  });

  test('versions compare by number, not by text', () => {
    const version = parseServerVersion('10.5.12-MariaDB');
    if (!version) throw new Error('not parsed');
    expect(compareVersion(version, 10, 5, 2)).toBeGreaterThan(0);
    expect(compareVersion(version, 10, 5, 12)).toBe(0);
    expect(compareVersion(version, 10, 11)).toBeLessThan(0);
    expect(atLeast(version, 10, 5, 12)).toBe(true);
    expect(atLeast(version, 10, 5, 13)).toBe(false);
  });
});
