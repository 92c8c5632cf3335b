import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fromBytes } from '../../src/bytes/byte-source.ts';
import type { EventFilter } from '../../src/listing/event-filter.ts';
import { GtidChoice } from '../../src/listing/gtid-choice.ts';
import { EventLister } from '../../src/listing/list-events.ts';
import { typeCodesNamed } from '../../src/listing/type-names.ts';
import { everything, noFilter } from './everything.ts';

const ROOT = join(import.meta.dirname, '../..');
const LOGS = 'test/oracle/logs';

const MYSQL = `${LOGS}/gtids-mysql-9.7/binlog.000001`;
const MYSQL_RELAY = `${LOGS}/gtids-mysql-9.7/gs2-relay-bin.000002`;
const PAYLOADS = `${LOGS}/compressed-mysql-9.7/mysql-bin.000002`;
const MARIADB = `${LOGS}/relayed-mariadb-11.8/mysql-bin.000001`;
const MARIADB_RELAY = `${LOGS}/relayed-mariadb-11.8/pid-relay-bin-east.000002`;
const UUID = 'bbaa6130-e4cc-11f1-af4f-02fc00000001';

/** Offsets of the events that are listed; those of a compressed transaction have its offset. */
const offsets = (
  name: string,
  filter: Partial<EventFilter>,
  limit: number | null = null,
): readonly number[] => {
  const path = join(ROOT, name);
  const options = { ...everything, format: 'ndjson', filter: { ...noFilter, ...filter }, limit };
  const lister = new EventLister({ ...options, format: 'ndjson' }, (problem) => {
    throw new Error(problem);
  });
  const log = { path, name: basename(path), source: fromBytes(readFileSync(path)) };
  return [...lister.list(log)].flatMap(offsetsIn);
};

const offsetsIn = (lines: string): readonly number[] =>
  lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Number(JSON.parse(line).offset));

const gtids = (text: string): GtidChoice => {
  const choice = GtidChoice.parse(text);
  if (choice === null) throw new Error(`${text} names no GTIDs`);
  return choice;
};

const at = (file: string, position: number): EventFilter['from'] => ({ file, position });
const types = (...names: string[]) => new Set(names.flatMap((name) => typeCodesNamed(name)));

describe('each filter alone', () => {
  test.each<[what: string, log: string, filter: Partial<EventFilter>, expected: readonly number[]]>(
    [
      ['a type by its name', MYSQL, { typeCodes: types('Rows_query') }, [1370, 1806]],
      ['a type by its class', MYSQL, { typeCodes: types('RowsQueryLogEvent') }, [1370, 1806]],
      ['a type by its code', MARIADB_RELAY, { typeCodes: types('161') }, [584]],
      ['a server', MARIADB, { serverIds: new Set([777]), typeCodes: types('gtid') }, [5078, 5296]],
      [
        'a GTID of MySQL',
        MYSQL,
        { gtids: gtids(`${UUID}:5`) },
        [1220, 1299, 1370, 1470, 1533, 1616],
      ],
      [
        'a set with a tag',
        MYSQL,
        { gtids: gtids(`${UUID}:backup:1-2,${UUID}:1`) },
        [158, 237, 10443, 10525, 10596, 10659, 10720, 10751, 10833, 10904, 10967, 11028],
      ],
      [
        'GTIDs of MariaDB',
        MARIADB,
        { gtids: gtids('9-777-1,0-141-1') },
        [328, 370, 5296, 5338, 5370, 5470],
      ],
      ['a connection', MYSQL, { threadIds: new Set([10]) }, [237, 561]],
      ['a table of rows', PAYLOADS, { tables: new Set(['z.t']) }, [325, 325]],
      ['a table without its database', PAYLOADS, { tables: new Set(['t']) }, [325, 325]],
      [
        'a table that statements name',
        MARIADB_RELAY,
        { tables: new Set(['a.t']), typeCodes: types('query') },
        [792, 3453, 3639],
      ],
      ['another table', MYSQL, { tables: new Set(['bank.other', 'acct2', 'z.acct']) }, []],
      ['a default database', MARIADB_RELAY, { databases: new Set(['nowhere']) }, []],
    ],
  )('%s', (_what, log, filter, expected) => {
    expect(offsets(log, filter)).toEqual(expected);
  });

  test('a database: the default one, of a table of rows, of a table that is named', () => {
    const found = offsets(MARIADB_RELAY, { databases: new Set(['a']) });
    expect(found).toContain(669);
    expect(found).toContain(792);
    expect(found).toContain(1165);
    expect(found).not.toContain(627);
  });

  test('times: from a second on, and before another', () => {
    const all = offsets(MYSQL, {});
    const from = offsets(MYSQL, { since: 1_795_170_345 });
    const until = offsets(MYSQL, { until: 1_795_170_345 });
    expect([...until, ...from]).toEqual(all);
    expect(from[0]).toBe(704);
    expect(offsets(MYSQL, { since: 1_795_170_345, until: 1_795_170_345 })).toEqual([]);
  });
});

describe('places', () => {
  const pair = (file: string, from: number, to: number) => ({
    from: at(file, from),
    to: at(file, to),
  });

  test.each<[what: string, log: string, filter: Partial<EventFilter>, expected: readonly number[]]>(
    [
      ['of the file itself', MYSQL, pair('binlog.000001', 2086, 2311), [2086, 2165, 2248]],
      ['between two events', MYSQL, pair('binlog.000001', 2087, 2249), [2165, 2248]],
      ['in the files before', MYSQL, { to: at('binlog.000001', 158) }, [4, 127]],
      ['of a file that comes later', MYSQL, { from: at('binlog.000002', 4) }, []],
      ['of a file of another name', MYSQL, { from: at('other.000001', 4) }, []],
      ['of the relay log itself', MYSQL_RELAY, pair('gs2-relay-bin.000002', 4, 158), [4, 127]],
      ['of the source', MYSQL_RELAY, pair('binlog.000001', 2086, 2311), [2297, 2376, 2459]],
      [
        'of the source, whose transactions have no positions inside',
        MARIADB_RELAY,
        pair('mysql-bin.000001', 719, 1073),
        [1038, 1080, 1165, 1246, 1632],
      ],
      [
        'of a compressed transaction',
        PAYLOADS,
        pair('mysql-bin.000002', 325, 326),
        [325, 325, 325, 325, 325],
      ],
    ],
  )('%s', (_what, log, filter, expected) => {
    expect(offsets(log, filter)).toEqual(expected);
  });
});

describe('together', () => {
  test('all of them must hold', () => {
    const typeCodes = types('rows');
    expect(offsets(MYSQL, { typeCodes, gtids: gtids(`${UUID}:5-6`) })).toEqual([1533, 1923]);
    expect(
      offsets(MYSQL, { typeCodes, gtids: gtids(`${UUID}:5`), serverIds: new Set([7]) }),
    ).toEqual([]);
    expect(offsets(MYSQL, { typeCodes, threadIds: new Set([13]) }, 2)).toEqual([2311, 2644]);
  });

  test('the limit counts what is listed', () => {
    expect(offsets(MYSQL, { typeCodes: types('xid') }, 1)).toEqual([1616]);
    expect(offsets(MYSQL, {}, 3)).toEqual([4, 127, 158]);
  });
});
