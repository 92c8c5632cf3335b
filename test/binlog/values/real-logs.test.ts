import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openLog } from '../../../src/binlog/open-log.ts';
import type { TableColumns } from '../../../src/binlog/values/column.ts';
import { jsonRowOf } from '../../../src/binlog/values/json-value.ts';
import { type RowChange, readRows } from '../../../src/binlog/values/row-image.ts';
import { rowsText, type SqlTextOptions } from '../../../src/binlog/values/sql-text.ts';
import { tableColumns } from '../../../src/binlog/values/table-columns.ts';
import type { StringForm } from '../../../src/binlog/values/value.ts';
import type { Flavor } from '../../../src/dialects/server-version.ts';

/**
 * Logs of real servers, of which whole events were left out, and what the servers' own printers
 * (`mysqlbinlog -vv` of MySQL 9.7.4, `mariadb-binlog -vv` of 10.11) write of the rows in them.
 */
const LOGS = [
  ['mysql-9.7-full', 'mysql'],
  ['mysql-9.7-minimal', 'mysql'],
  ['mysql-9.7-partial-json', 'mysql'],
  ['mysql-9.7-minimal-metadata', 'mysql'],
  ['mariadb-10.11', 'mariadb'],
  ['mariadb-10.11-compressed', 'mariadb'],
  ['mariadb-11.8', 'mariadb'],
] as const satisfies readonly (readonly [name: string, flavor: Flavor])[];

const file = (name: string): string => join(import.meta.dirname, 'files', name);

const CHECKSUM_BYTES = 4;

/** Each rows event of a log with its table. */
function* rowsOf(name: string, flavor: Flavor, strings: StringForm) {
  const tables = new Map<number, TableColumns>();
  const path = file(`${name}.binlog`);
  for (const logEvent of openLog(path)) {
    const { offset, size, typeCode } = logEvent;
    const event = logEvent.decode();
    const place = { file: path, bodyEnd: offset + size - CHECKSUM_BYTES };
    if (event?.type === 'table-map') {
      tables.set(event.tableId, tableColumns(event, flavor, place));
    } else if (event?.type === 'rows') {
      const table = tables.get(event.tableId);
      if (!table) throw new Error(`rows of no table at ${offset}`);
      const changes = readRows({ event, typeCode, table, place, strings });
      yield { kind: event.kind, table, changes };
    }
  }
}

const textOf = (name: string, options: SqlTextOptions, strings: StringForm): string[] => {
  const lines: Buffer[] = [];
  for (const { kind, table, changes } of rowsOf(name, options.flavor, strings)) {
    lines.push(...rowsText(kind, changes, table, options));
  }
  return lines.flatMap((line) => line.toString('latin1').split('\n'));
};

const changesOf = (name: string, flavor: Flavor) => {
  const found: { table: TableColumns; change: RowChange }[] = [];
  for (const { table, changes } of rowsOf(name, flavor, 'decoded')) {
    for (const change of changes) found.push({ table, change });
  }
  return found;
};

const afterOf = (name: string, flavor: Flavor, table: string, row: number) => {
  const found = changesOf(name, flavor).filter((one) => one.table.table === table)[row];
  return found?.change.after && jsonRowOf(found.change.after, found.table);
};

test.each(LOGS)('%s is printed as its servers’ printer does, byte by byte', (name, flavor) => {
  const golden = readFileSync(file(`${name}.txt`), 'latin1')
    .trimEnd()
    .split('\n');
  expect(golden.length).toBeGreaterThan(50);
  expect(textOf(name, { flavor, verbosity: 2 }, 'stored')).toEqual(golden);
});

test.each(LOGS)('%s without types has the same values', (name, flavor) => {
  const golden = readFileSync(file(`${name}.txt`), 'latin1')
    .trimEnd()
    .split('\n');
  expect(textOf(name, { flavor, verbosity: 1 }, 'stored')).toEqual(
    golden.map((line) => line.replace(/ \/\* \S.* is_null=[01] \*\/$/, '')),
  );
});

test.each(LOGS)('every row of %s is read whole and has a form for JSON', (name, flavor) => {
  const changes = changesOf(name, flavor);
  expect(changes.length).toBeGreaterThan(4);
  for (const { table, change } of changes) {
    expect(change.unreadable).toBeNull();
    for (const image of [change.before, change.after]) {
      const row = image && jsonRowOf(image, table);
      expect(JSON.parse(JSON.stringify(row))).toEqual(row);
    }
  }
});

describe('with full metadata', () => {
  test('text of MySQL is decoded by its columns’ character sets', () => {
    expect(afterOf('mysql-9.7-full', 'mysql', 'strs', 0)).toMatchObject({
      c10: 'latin é',
      c255: 'utf8 ✓ 🐬',
      vg: '汉字',
      vu16: 'ünï',
      bn: { base64: 'AAECAwQFBgc=' },
      e: 'small',
      st: ['a', 'c', 'j'],
    });
  });

  test('text of MariaDB is, in COMPRESSED columns too', () => {
    expect(afterOf('mariadb-10.11', 'mariadb', 'strs', 0)).toMatchObject({
      cl: 'latin é €',
      v: 'żółć',
      gr: 'αβγ',
      uc: 'ucs✓',
      u32: 'u🐬',
      sj: '日本',
      t: 'tab\tnl\ncr\r\'q"b\\bs',
      e: 'small',
      st: ['a', 'c', 'i'],
      j: '{"a": [1, 2.5, null]}',
    });
    expect(afterOf('mariadb-10.11', 'mariadb', 'comp', 0)).toMatchObject({
      v: 'compress é '.repeat(20),
      vs: 'short',
      t: '',
      b: { base64: Buffer.from('\0b'.repeat(400)).toString('base64') },
      lb: { base64: Buffer.from('x'.repeat(70_000)).toString('base64') },
    });
  });

  test('names stand in the place of numbers, and strings in that of ENUM and SET', () => {
    const text = textOf(
      'mysql-9.7-full',
      { flavor: 'mysql', verbosity: 1, names: true },
      'decoded',
    ).map((line) => Buffer.from(line, 'latin1').toString());
    expect(text).toContain("###   `vg`='汉字'");
    expect(text).toContain("###   `e`='small'");
    expect(text).toContain("###   `st`='a,c,j'");
    expect(text).toContain("###   `ls`=ST_GeomFromText('LINESTRING(0 0,1 1)', 4326)");
    expect(text).toContain('###   `v`=[1.00000e+00,2.50000e+00,-3.00000e+00,0.00000e+00]');
  });

  test('a primary key of prefixes is told', () => {
    const found = changesOf('mariadb-10.11', 'mariadb').find(
      (one) => one.table.table === 'prefixed',
    );
    expect(found?.table.primaryKey).toEqual([
      { column: 1, prefix: 5 },
      { column: 0, prefix: null },
    ]);
    expect(found?.table.columns.map(({ name }) => name)).toEqual(['a', 'b', 'od`d']);
  });
});

test('columns that an image leaves out are undefined, NULL is null', () => {
  const change = changesOf('mysql-9.7-minimal', 'mysql').find((one) => one.table.table === 'ints');
  expect(change?.change.after?.slice(0, 2)).toEqual([7, undefined]);
});
