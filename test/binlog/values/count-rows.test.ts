import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EventOf } from '../../../src/binlog/define-event.ts';
import { EVENT } from '../../../src/binlog/event-type.ts';
import type { rows } from '../../../src/binlog/events/rows.ts';
import type { tableMap } from '../../../src/binlog/events/table-map.ts';
import { COLUMN_TYPE } from '../../../src/binlog/values/column-type.ts';
import { countRows } from '../../../src/binlog/values/count-rows.ts';
import { type RowsToRead, readRows } from '../../../src/binlog/values/row-image.ts';
import { tableColumns } from '../../../src/binlog/values/table-columns.ts';

const PLACE = { file: 'relay-bin.000002', bodyEnd: 1000 };
const T = COLUMN_TYPE;

const tableOf = (types: readonly number[], metadata: string) => {
  const map: EventOf<typeof tableMap> = {
    type: 'table-map',
    tableId: 7,
    flags: 1,
    database: 'shop',
    table: 'orders',
    columnCount: types.length,
    types: Buffer.from(types),
    metadata: Buffer.from(metadata, 'hex'),
    nullable: Buffer.alloc((types.length + 7) >> 3, 0xff),
    optional: Buffer.alloc(0),
  };
  return tableColumns(map, 'mysql', PLACE);
};

const bitmap = (columns: number): Buffer => Buffer.alloc((columns + 7) >> 3, 0xff);

const rowsOf = (
  types: readonly number[],
  metadata: string,
  bytes: Buffer,
  event: Partial<EventOf<typeof rows>> = {},
  typeCode: number = EVENT.WRITE_ROWS,
): RowsToRead => ({
  event: {
    type: 'rows',
    kind: 'write',
    tableId: 7,
    flags: 1,
    stmtEnd: true,
    extra: null,
    columnCount: types.length,
    present: bitmap(types.length),
    presentAfter: null,
    rows: bytes,
    compressedRows: null,
    ...event,
  },
  typeCode,
  table: tableOf(types, metadata),
  place: PLACE,
});

/** What reading every value answers, in the form of counting. */
const read = (asked: RowsToRead) => {
  let count = 0;
  let unreadable: string | null = null;
  try {
    for (const row of readRows(asked)) {
      count += 1;
      unreadable = row.unreadable?.reason ?? null;
    }
    return { rows: count, unreadable, malformed: null };
  } catch (malformed) {
    return { rows: count, unreadable, malformed };
  }
};

/** Type, its metadata in a table map, and one value of it. */
const VALUES: readonly (readonly [name: string, type: number, metadata: string, value: string])[] =
  [
    ['TINYINT', T.TINY, '', '01'],
    ['SMALLINT', T.SHORT, '', '0100'],
    ['MEDIUMINT', T.INT24, '', '010000'],
    ['INT', T.LONG, '', '01000000'],
    ['BIGINT', T.LONGLONG, '', '0100000000000000'],
    ['YEAR', T.YEAR, '', '7e'],
    ['FLOAT', T.FLOAT, '04', '0000803f'],
    ['DOUBLE', T.DOUBLE, '08', '000000000000f03f'],
    ['DECIMAL(10,2)', T.NEWDECIMAL, '0a02', '8000000117'],
    ['DECIMAL(9,9)', T.NEWDECIMAL, '0909', '80000001'],
    ['DECIMAL(65,30)', T.NEWDECIMAL, '411e', `80${'00'.repeat(29)}`],
    ['BIT(9)', T.BIT, '0101', '0101'],
    ['ENUM', T.STRING, 'f701', '01'],
    ['ENUM of 300', T.STRING, 'f702', '2c01'],
    ['SET', T.STRING, 'f808', '0100000000000000'],
    ['DATE', T.DATE, '', '21d20f'],
    ['TIMESTAMP before 5.6', T.TIMESTAMP, '', '80436d38'],
    ['TIME before 5.6', T.TIME, '', '40e201'],
    ['DATETIME before 5.6', T.DATETIME, '', '0000000000000000'],
    ['TIMESTAMP', T.TIMESTAMP2, '00', '65000000'],
    ['TIMESTAMP(6)', T.TIMESTAMP2, '06', '65000000000001'],
    ['DATETIME(3)', T.DATETIME2, '03', '99b00000000001'],
    ['TIME(1)', T.TIME2, '01', '80000000'],
    ['CHAR(20)', T.STRING, 'fe14', '026162'],
    ['CHAR(255) of 4 bytes', T.STRING, 'cefc', '03006162' + '63'],
    ['VARCHAR(100)', T.VARCHAR, '6400', '026162'],
    ['VARCHAR(300)', T.VARCHAR, '2c01', '02006162'],
    ['TINYBLOB', T.BLOB, '01', '026162'],
    ['BLOB', T.BLOB, '02', '02006162'],
    ['MEDIUMBLOB', T.BLOB, '03', '0200006162'],
    ['LONGBLOB', T.BLOB, '04', '020000006162'],
    ['VARCHAR COMPRESSED', T.VARCHAR_COMPRESSED, '6400', '03006162'],
    ['BLOB COMPRESSED', T.BLOB_COMPRESSED, '02', '0300006162'],
    ['JSON', T.JSON, '04', '02000000' + '0400'],
    ['GEOMETRY', T.GEOMETRY, '04', '0600000000000000aabb'],
    ['VECTOR', T.VECTOR, '04', '040000000000803f'],
  ];

describe.each(VALUES)('%s', (_name, type, metadata, value) => {
  // Three rows of the value and a TINYINT behind it: 1, NULL and 2
  const row = (nulls: string, last: string): string =>
    `${nulls}${nulls === '01' ? '' : value}${last}`;
  const bytes = Buffer.from(row('00', '01') + row('01', '05') + row('00', '02'), 'hex');

  test('is passed over as far as it is read', () => {
    const asked = rowsOf([type, T.TINY], metadata, bytes);
    expect(read(asked)).toEqual({ rows: 3, unreadable: null, malformed: null });
    expect(countRows(asked)).toEqual({ rows: 3, unreadable: null, malformed: null });
  });

  test('is missed where it is cut, as in reading', () => {
    for (let length = 0; length < bytes.length; length += 1) {
      const asked = rowsOf([type, T.TINY], metadata, bytes.subarray(0, length));
      const { rows: expected, malformed } = read(asked);
      expect(countRows(asked)).toMatchObject({ rows: expected, unreadable: null });
      expect(countRows(asked).malformed === null).toBe(malformed === null);
    }
  });
});

test('every type that is read is among them', () => {
  const types = VALUES.flatMap(([, type, metadata]) =>
    tableOf([type], metadata).columns.map(({ realType }) => realType),
  );
  const aliases: readonly number[] = [
    T.NEWDATE,
    T.VAR_STRING,
    T.TINY_BLOB,
    T.MEDIUM_BLOB,
    T.LONG_BLOB,
  ];
  const without: readonly number[] = [T.DECIMAL, T.NULL, T.TYPED_ARRAY];
  const missing = Object.values(T).filter(
    (type) => ![...types, ...aliases, ...without].includes(type),
  );
  expect(missing).toEqual([]);
});

test('an update is one row of two images', () => {
  const bytes = Buffer.from('00010002' + '01' + '0003', 'hex'); // 1 to 2, NULL to 3
  const asked = rowsOf(
    [T.TINY],
    '',
    bytes,
    { kind: 'update', presentAfter: bitmap(1) },
    EVENT.UPDATE_ROWS,
  );
  expect(countRows(asked)).toEqual({ rows: 2, unreadable: null, malformed: null });
});

test('columns that an image leaves out are not passed', () => {
  const present = Buffer.from([0b10]);
  const asked = rowsOf([T.LONG, T.TINY], '', Buffer.from('00010002', 'hex'), { present });
  expect(countRows(asked).rows).toBe(2);
});

test('a partial update has its options and the bits of its JSON columns before the image', () => {
  const before = '00' + '01' + '02000000' + '0400'; //     nulls, TINYINT, JSON of 2 bytes
  const partial = '01' + '01' + '00' + '01' + '00000000'; // value_options, JSON bits, nulls, TINYINT, no diffs
  const whole = '00' + '00' + '01' + '02000000' + '0400'; // value_options, nulls, TINYINT, JSON
  const asked = rowsOf(
    [T.TINY, T.JSON],
    '04',
    Buffer.from(before + partial + before + whole, 'hex'),
    { kind: 'update', presentAfter: bitmap(2) },
    EVENT.PARTIAL_UPDATE_ROWS,
  );
  expect(read(asked)).toMatchObject({ rows: 2, malformed: null });
  expect(countRows(asked)).toEqual({ rows: 2, unreadable: null, malformed: null });
});

test('a row of defaults alone has no bytes, and is a row', () => {
  const asked = rowsOf([T.TINY], '', Buffer.alloc(0), { present: Buffer.from([0]) });
  expect(countRows(asked).rows).toBe(1);
  expect(countRows({ ...asked, event: { ...asked.event, kind: 'delete' } }).rows).toBe(0);
});

test.each([
  ['the dummy event has none', { tableId: 0xffff_ffff_ffff }, EVENT.WRITE_ROWS, ''],
  ['another number of columns', { columnCount: 2 }, EVENT.WRITE_ROWS, '0001'],
  ['rows that have no columns', { present: Buffer.from([0]) }, EVENT.WRITE_ROWS, '0001'],
] as const)('%s: as reading says', (_name, event, typeCode, hex) => {
  const asked = rowsOf([T.TINY], '', Buffer.from(hex, 'hex'), event, typeCode);
  expect(countRows(asked)).toEqual(read(asked));
});

test('rows of 5.1 before 5.1.18 cannot be told apart', () => {
  const asked = rowsOf([T.TINY], '', Buffer.from('0001', 'hex'), {}, EVENT.PRE_GA_WRITE_ROWS);
  expect(countRows(asked)).toEqual({ ...read(asked), rows: 0 });
});

test('a column that cannot be read ends the counting, unless it is NULL', () => {
  const asked = rowsOf([T.DECIMAL], '', Buffer.from('010001', 'hex'));
  expect(countRows(asked)).toEqual(read(asked));
  expect(countRows(asked)).toMatchObject({
    rows: 2,
    unreadable: expect.stringContaining('DECIMAL'),
  });
});

test('metadata that no server writes is malformed, as in reading', () => {
  for (const [type, metadata] of [
    [T.NEWDECIMAL, '0a0b'],
    [T.BIT, '0009'],
    [T.STRING, 'f703'],
    [T.STRING, 'f809'],
    [T.DATETIME2, '07'],
    [T.BLOB, '05'],
  ] as const) {
    const asked = rowsOf([type], metadata, Buffer.alloc(20));
    expect(countRows(asked).malformed).not.toBeNull();
    expect(read(asked).malformed).not.toBeNull();
  }
});

describe('rows that MariaDB compressed', () => {
  const compressedOf = (compressed: Buffer, uncompressedLength: number): RowsToRead =>
    rowsOf(
      [T.TINY],
      '',
      Buffer.alloc(0),
      { rows: null, compressedRows: { algorithm: 0, uncompressedLength, compressed } },
      EVENT.WRITE_ROWS_COMPRESSED,
    );

  test('are counted as they were', () => {
    const stored = deflateSync(Buffer.from('000100020003', 'hex'));
    expect(countRows(compressedOf(stored, 6)).rows).toBe(3);
  });

  test('are told at the block that holds them where they are torn', () => {
    const stored = deflateSync(Buffer.from('000100', 'hex'));
    const asked = compressedOf(stored, 3);
    expect(countRows(asked)).toEqual(read(asked));
    expect(countRows(asked).malformed?.message).toBe(
      `relay-bin.000002: at ${1000 - stored.length}: integer: needs 1 bytes, 0 left (at byte 3 of the decompressed rows)`,
    );
  });

  test('and are no zlib stream, are told', () => {
    expect(countRows(compressedOf(Buffer.from('ff', 'hex'), 4))).toMatchObject({
      rows: 0,
      malformed: { offset: 999, field: 'compressed_rows' },
    });
  });
});

test('never counts fewer rows than can be read, whatever the bytes', () => {
  const types = [T.LONG, T.VARCHAR, T.NEWDECIMAL, T.JSON, T.DATETIME2];
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
      const asked = rowsOf(types, '64000a020403', Buffer.from(bytes));
      expect(countRows(asked).rows).toBeGreaterThanOrEqual(read(asked).rows);
    }),
  );
});
