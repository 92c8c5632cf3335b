import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { EventOf } from '../../../src/binlog/define-event.ts';
import { EVENT, isCompressedRows } from '../../../src/binlog/event-type.ts';
import type { rows } from '../../../src/binlog/events/rows.ts';
import type { TableColumns } from '../../../src/binlog/values/column.ts';
import { type RowChange, readRows } from '../../../src/binlog/values/row-image.ts';
import { MalformedError } from '../../../src/bytes/malformed-error.ts';
import { decode, hex } from '../events/event-bytes.ts';
import { columnsOf, FILE } from './read-value.ts';

const END = 2000;

/** A rows event of version 2 (`extra` of its own two bytes), or of version 1. */
const eventOf = (typeCode: number, width: number, bitmaps: string, body: Buffer) => {
  const isSecond = (typeCode >= 30 && typeCode <= 39) || typeCode >= 169;
  const head = hex(`6d0000000000 0100 ${isSecond ? '0200' : ''}`);
  const event = decode(typeCode, Buffer.concat([head, Buffer.from([width]), hex(bitmaps), body]));
  if (event?.type !== 'rows') throw new Error('no rows');
  return event;
};

const rowsOf = (
  event: EventOf<typeof rows>,
  typeCode: number,
  table: TableColumns,
): readonly RowChange[] => [
  ...readRows({ event, typeCode, table, place: { file: FILE, bodyEnd: END } }),
];

const readAll = (typeCode: number, table: TableColumns, bitmaps: string, body: string | Buffer) => {
  const bytes = typeof body === 'string' ? hex(body) : body;
  return rowsOf(eventOf(typeCode, table.columns.length, bitmaps, bytes), typeCode, table);
};

const problemOf = (read: () => unknown): string => {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(MalformedError);
    return (error as MalformedError).message;
  }
  return 'none';
};

/** INT, VARCHAR(10), TINYINT */
const TABLE = columnsOf('03 0f 01', '0a00');

test('an insert has after-images, a delete before-images, an update both', () => {
  const row = '00 01000000 0161 05';
  expect(readAll(EVENT.WRITE_ROWS, TABLE, '07', row + row)).toEqual([
    { before: null, after: [1, Buffer.from('a'), 5], unreadable: null },
    { before: null, after: [1, Buffer.from('a'), 5], unreadable: null },
  ]);
  expect(readAll(EVENT.DELETE_ROWS_V1, TABLE, '07', row)).toEqual([
    { before: [1, Buffer.from('a'), 5], after: null, unreadable: null },
  ]);
  expect(readAll(EVENT.UPDATE_ROWS, TABLE, '07 07', `${row} 02 02000000 06`)).toEqual([
    { before: [1, Buffer.from('a'), 5], after: [2, null, 6], unreadable: null },
  ]);
});

test('null bits count the columns that are in the image, not those of the table', () => {
  // before: column 0; after: columns 1 and 2, of which 2 is NULL
  expect(readAll(EVENT.UPDATE_ROWS, TABLE, '01 06', '00 01000000  02 0162')).toEqual([
    {
      before: [1, undefined, undefined],
      after: [undefined, Buffer.from('b'), null],
      unreadable: null,
    },
  ]);
});

test('nine columns take two bytes of null bits', () => {
  const table = columnsOf('01'.repeat(9), '');
  expect(readAll(EVENT.WRITE_ROWS, table, 'ff01', 'ff00 07')[0]?.after).toEqual([
    ...Array.from({ length: 8 }, () => null),
    7,
  ]);
});

test('cut before any byte, rows are malformed in the file where they are', () => {
  const row = hex('00 01000000 0161 05');
  for (let n = 1; n < row.length; n += 1) {
    expect(
      problemOf(() => readAll(EVENT.WRITE_ROWS, TABLE, '07', row.subarray(0, n))),
      `cut at ${n}`,
    ).toMatch(/^binlog\.000001: at (?:199\d|2000): .* needs \d bytes, \d left$/);
  }
  expect(problemOf(() => readAll(EVENT.WRITE_ROWS, TABLE, '07', '00 01000000 05 61'))).toBe(
    'binlog.000001: at 1999: string: needs 5 bytes, 1 left',
  );
});

test('what came before the damage is told', () => {
  const seen: RowChange[] = [];
  const event = eventOf(EVENT.WRITE_ROWS, 3, '07', hex('00 01000000 0161 05  00 02'));
  expect(() => {
    for (const change of readRows({
      event,
      typeCode: EVENT.WRITE_ROWS,
      table: TABLE,
      place: { file: FILE, bodyEnd: END },
    })) {
      seen.push(change);
    }
  }).toThrow(MalformedError);
  expect(seen.length).toBe(1);
});

test('an insert of defaults alone may be no bytes at all, an update not', () => {
  expect(readAll(EVENT.WRITE_ROWS, TABLE, '00', '')).toEqual([
    { before: null, after: [undefined, undefined, undefined], unreadable: null },
  ]);
  expect(readAll(EVENT.UPDATE_ROWS, TABLE, '00 00', '')).toEqual([]);
});

test('bytes of rows without columns are malformed', () => {
  expect(problemOf(() => readAll(EVENT.WRITE_ROWS, TABLE, '00', '00'))).toContain(
    '1 bytes of rows that have no columns',
  );
});

test('the dummy event that ends a statement has no rows', () => {
  const dummy = { ...eventOf(EVENT.WRITE_ROWS_V1, 0, '', hex('')), tableId: 0xffff_ffff_ffff };
  expect(rowsOf(dummy, EVENT.WRITE_ROWS_V1, TABLE)).toEqual([]);
});

test('rows of another width than the table map’s are malformed', () => {
  expect(problemOf(() => rowsOf(eventOf(30, 2, '03', hex('00 0000')), 30, TABLE))).toBe(
    'binlog.000001: at 1997: width: 2 columns, the table map has 3',
  );
});

test('rows of 5.1 before 5.1.18 say that they cannot be read', () => {
  const event = eventOf(EVENT.PRE_GA_WRITE_ROWS, 3, '07', hex('ff00'));
  expect(rowsOf(event, EVENT.PRE_GA_WRITE_ROWS, TABLE)).toEqual([
    { before: null, after: null, unreadable: { column: null, reason: expect.any(String) } },
  ]);
});

test('reading stops at a column that cannot be read, and not where it is NULL or left out', () => {
  const table = columnsOf('01 00 01', '');
  const stopped = readAll(EVENT.UPDATE_ROWS, table, '07 07', '00 01 ffff 00 01');
  expect(stopped).toEqual([
    {
      before: [1, undefined, undefined],
      after: null,
      unreadable: { column: 1, reason: expect.stringContaining('DECIMAL of MySQL 4.1') },
    },
  ]);
  expect(readAll(EVENT.WRITE_ROWS, table, '07', '02 01 03')[0]?.after).toEqual([1, null, 3]);
  expect(readAll(EVENT.WRITE_ROWS, table, '05', '00 01 03')[0]?.after).toEqual([1, undefined, 3]);
});

describe('partial updates', () => {
  /** INT, JSON, JSON */
  const table = columnsOf('03 f5 f5', '04 04');
  const diff = '09000000 00 03 242e61 03 05 0200'; // REPLACE $.a with 2

  test('bits count all JSON columns of the table, in the image or not', () => {
    const [change] = readAll(
      EVENT.PARTIAL_UPDATE_ROWS,
      table,
      '01 04', // before: column 0; after: column 2
      `00 01000000  01 02 00 ${diff}`,
    );
    expect(change?.after).toEqual([
      undefined,
      undefined,
      {
        type: 'json-diffs',
        diffs: [{ operation: 'replace', path: '$.a', value: { type: 'json', root: 2n } }],
      },
    ]);
  });

  test('without the option, and without the bit, columns hold documents', () => {
    const document = '02000000 04 01';
    const whole = { type: 'json', root: true };
    const after = (bits: string) =>
      readAll(EVENT.PARTIAL_UPDATE_ROWS, table, '01 04', `00 01000000 ${bits} 00 ${document}`)[0]
        ?.after?.[2];
    expect(after('00')).toEqual(whole);
    expect(after('01 01')).toEqual(whole);
  });
});

describe('rows that MariaDB compressed', () => {
  const row = hex('00 01000000 0161 05');
  const compressed = (length: number, data: Buffer) =>
    Buffer.concat([Buffer.from([0x81, length]), data]);
  const readCompressed = (length: number, data: Buffer) => {
    expect(isCompressedRows(EVENT.WRITE_ROWS_COMPRESSED_V1)).toBe(true);
    return readAll(EVENT.WRITE_ROWS_COMPRESSED_V1, TABLE, '07', compressed(length, data));
  };

  test('are the same rows', () => {
    expect(readCompressed(8, deflateSync(row))).toEqual(
      readAll(EVENT.WRITE_ROWS, TABLE, '07', row),
    );
  });

  test('of another length than they claim are malformed where the block begins', () => {
    const data = deflateSync(row);
    expect(problemOf(() => readCompressed(9, data))).toBe(
      `binlog.000001: at ${END - data.length}: compressed_rows: holds 8 bytes and claims 9`,
    );
    expect(problemOf(() => readCompressed(7, data))).toContain('cannot be decompressed');
  });

  test('damaged inside are malformed there too, with the byte in the decompressed rows', () => {
    const data = deflateSync(row.subarray(0, 6));
    expect(problemOf(() => readCompressed(6, data))).toBe(
      `binlog.000001: at ${END - data.length}: string: needs 1 bytes, 0 left ` +
        '(at byte 6 of the decompressed rows)',
    );
  });
});
