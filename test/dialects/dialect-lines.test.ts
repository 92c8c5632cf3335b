import { describe, expect, test } from 'vitest';
import { detectDialect, dialectLines } from '../../src/dialects/index.ts';
import type { Flavor, ServerVersion } from '../../src/dialects/server-version.ts';
import { parseServerVersion } from '../../src/dialects/server-version.ts';

const linesOf = (version: ServerVersion): string[] =>
  dialectLines.filter((line) => line.matches(version)).map((line) => line.name);

describe('a version belongs to one server line and has an id of its own', () => {
  test.each([
    // version                          line              id
    ['4.1.22', 'mysql-5.1', 'mysql-4.1'],
    ['5.0.96', 'mysql-5.1', 'mysql-5.0'],
    ['5.1.73', 'mysql-5.1', 'mysql-5.1'],
    ['5.5.62', 'mysql-5.5', 'mysql-5.5'],
    ['5.6.24-log', 'mysql-5.6', 'mysql-5.6'],
    ['5.7.44-log', 'mysql-5.7', 'mysql-5.7'],
    ['8.0.11', 'mysql-8.0', 'mysql-8.0'],
    ['8.0.22', 'mysql-8.0', 'mysql-8.0'],
    ['8.0.23', 'mysql-8.0.23', 'mysql-8.0'],
    ['8.0.35-27', 'mysql-8.0.23', 'mysql-8.0'], // Percona Server
    ['8.0.43', 'mysql-8.0.23', 'mysql-8.0'],
    ['8.1.0', 'mysql-8.0.23', 'mysql-8.1'],
    ['8.2.0', 'mysql-8.2', 'mysql-8.2'],
    ['8.3.0', 'mysql-8.3', 'mysql-8.3'],
    ['8.4.8', 'mysql-8.4', 'mysql-8.4'],
    ['9.7.4-2', 'mysql-8.4', 'mysql-9.7'],
    ['5.3.12-MariaDB', 'mariadb-5.1', 'mariadb-5.3'],
    ['5.5.68-MariaDB', 'mariadb-5.5', 'mariadb-5.5'],
    ['10.0.38-MariaDB', 'mariadb-10.0', 'mariadb-10.0'],
    ['10.2.44-MariaDB-log', 'mariadb-10.0', 'mariadb-10.2'],
    ['5.5.5-10.4.34-MariaDB', 'mariadb-10.0', 'mariadb-10.4'],
    ['10.5.0-MariaDB', 'mariadb-10.0', 'mariadb-10.5'],
    ['10.5.1-MariaDB', 'mariadb-10.5', 'mariadb-10.5'],
    ['10.11.19-MariaDB-0+deb12u1-log', 'mariadb-10.5', 'mariadb-10.11'],
    ['11.8.6-MariaDB-log', 'mariadb-10.5', 'mariadb-11.8'],
    ['12.3.1-MariaDB', 'mariadb-10.5', 'mariadb-12.3'],
  ])('%s is of line %s, dialect %s', (text, lineName, id) => {
    const version = parseServerVersion(text);
    if (!version) throw new Error('not parsed');
    const line = dialectLines.find(({ name }) => name === lineName);
    expect(linesOf(version)).toEqual([lineName]);
    expect(detectDialect(text)).toEqual({
      id,
      flavor: version.flavor,
      version,
      terms: line?.terms,
      statements: line?.statements,
      abilities: line?.abilities,
    });
  });

  test('no version is left out or claimed twice', () => {
    const flavors: Flavor[] = ['mysql', 'mariadb'];
    const unclear: string[] = [];
    for (const flavor of flavors) {
      for (let major = 0; major <= 13; major++) {
        for (let minor = 0; minor <= 12; minor++) {
          for (const patch of [0, 1, 2, 21, 22, 23, 24, 99]) {
            const text = `${flavor} ${major}.${minor}.${patch}`;
            if (linesOf({ text, flavor, major, minor, patch }).length !== 1) unclear.push(text);
          }
        }
      }
    }
    expect(unclear).toEqual([]);
  });

  test('an unknown version has no dialect', () => {
    expect(detectDialect(null)).toBeNull();
    expect(detectDialect('')).toBeNull();
    expect(detectDialect('8.0.mysql_aurora.3.04.0')).toBeNull();
  });
});
