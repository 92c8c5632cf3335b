import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/cli/failures.ts';
import { filterOf, filterOptions } from '../../src/cli/filter-options.ts';

type Name = keyof typeof filterOptions;

const read = (name: Name, value: unknown): unknown => filterOptions[name].coerce(value);

describe('what a filter on the command line stands for', () => {
  test.each<readonly [Name, unknown, unknown]>([
    ['type', ['xid', 'write_rows_v1,UserVarLogEvent'], new Set([16, 23, 14])],
    ['type', ['gtid'], new Set([33, 34, 42, 162])],
    ['type', ['ROTATE_EVENT', '162'], new Set([4, 162])],
    ['type', ['load'], new Set([6, 8, 9, 10, 11, 12, 17, 18])],
    ['server-id', ['1,2', '4294967295'], new Set([1, 2, 4_294_967_295])],
    ['thread', ['0'], new Set([0])],
    ['database', ['shop, `b``'], new Set(['shop', 'b'])],
    ['table', ['`shop`.`orders`'], new Set(['shop.orders'])],
    ['since', '2026-11-20', 1_795_132_800],
    ['until', '2026-11-20T01:00:00+01:00', 1_795_132_800],
    ['from', '/var/lib/mysql/relay-bin.000002:550', { file: 'relay-bin.000002', position: 550 }],
    ['to', 'odd:name.000001:4', { file: 'odd:name.000001', position: 4 }],
  ])('--%s %j', (name, value, expected) => {
    expect(read(name, value)).toEqual(expected);
  });

  test('--gtid takes sets of MySQL and GTIDs of MariaDB, which commas part', () => {
    const set = filterOptions.gtid.coerce(['3e11fa47-71ca-11e1-9e33-c80aa9429562:1-3:tag:5']);
    expect(set.has('3e11fa47-71ca-11e1-9e33-c80aa9429562:2')).toBe(true);
    expect(set.has('3e11fa47-71ca-11e1-9e33-c80aa9429562:tag:5')).toBe(true);
    expect(set.has('3e11fa47-71ca-11e1-9e33-c80aa9429562:5')).toBe(false);
    const single = filterOptions.gtid.coerce(['0-1-2,0-1-3']);
    expect([single.has('0-1-3'), single.has('0-1-30')]).toEqual([true, false]);
  });

  test.each<readonly [Name, unknown, string]>([
    ['type', ['wriet_rows'], '--type: "wriet_rows" is no event type'],
    ['type', ['256'], '--type: "256" is no event type'],
    ['type', ['xid,'], '--type needs a value'],
    ['server-id', ['-1'], '--server-id: "-1" is no whole number'],
    ['thread', ['seven'], '--thread: "seven" is no whole number'],
    ['gtid', ['uuid:1'], '--gtid: "uuid:1" is neither'],
    ['gtid', ['0-1-2', '3e11fa47-71ca-11e1-9e33-c80aa9429562:1'], 'is neither'],
    ['since', 'yesterday', '--since: "yesterday" is no time'],
    ['until', ['2026-11-20', '2026-11-21'], '--until is given more than once'],
    ['from', '4678', '--from: "4678" is no place'],
    ['to', 'relay-bin.000002:', '--to: "relay-bin.000002:" is no place'],
    ['from', ['a.000001:4', 'a.000002:4'], '--from: "" is no place'],
  ])('--%s %j is refused', (name, value, message) => {
    expect(() => read(name, value)).toThrow(UsageError);
    expect(() => read(name, value)).toThrow(message);
  });

  test('nothing asked for filters nothing', () => {
    const { typeCodes, gtids, from, since } = filterOf({});
    expect({ typeCodes: typeCodes.size, gtids, from, since }).toEqual({
      typeCodes: 0,
      gtids: null,
      from: null,
      since: null,
    });
  });
});
