import { expect, test } from 'vitest';
import { isDummyTableId } from '../../../src/binlog/events/table-id.ts';
import { decode, hex, problemOf, tear } from './event-bytes.ts';

const WRITE_V1 = hex(`
  170000000000                      # table_id
  0100                              # flags STMT_END
  02                                # width
  03                                # columns_before_image
  fc0c66726f6d2064622d612023316b0020a8
`);

const UPDATE_V2 = hex(`
  6d0000000000                      # table_id
  1100                              # flags STMT_END, USE_SQL_FOREIGN_KEY
  0200                              # extra_row_info_len: its own two bytes
  0c                                # width
  0002                              # columns_before_image
  8000                              # columns_after_image
  004d00000000000000000c000000
`);

const WRITE_COMPRESSED = hex(`
  120000000000                      # table_id
  0100                              # flags
  05                                # width
  1f                                # columns_before_image
  82 0161                           # compression_header, uncompressed_length
  789c7bc0c8c0c0f0
`);

test('rows of version 1, as MariaDB writes them', () => {
  expect(decode(23, WRITE_V1, { postHeaderLength: 8 })).toEqual({
    type: 'rows',
    kind: 'write',
    tableId: 23,
    flags: 1,
    stmtEnd: true,
    extra: null,
    columnCount: 2,
    present: hex('03'),
    presentAfter: null,
    rows: hex('fc0c66726f6d2064622d612023316b0020a8'),
    compressedRows: null,
  });
});

test('an update of version 2 has an extra part and two bitmaps', () => {
  expect(decode(31, UPDATE_V2, { postHeaderLength: 10 })).toEqual({
    type: 'rows',
    kind: 'update',
    tableId: 109,
    flags: 0x11,
    stmtEnd: true,
    extra: hex(''),
    columnCount: 12,
    present: hex('0002'),
    presentAfter: hex('8000'),
    rows: hex('004d00000000000000000c000000'),
    compressedRows: null,
  });
});

test('a partial update is read as one of version 2', () => {
  expect(decode(39, UPDATE_V2)).toMatchObject({ kind: 'update', presentAfter: hex('8000') });
});

test('compressed rows of MariaDB keep their blob', () => {
  expect(decode(166, WRITE_COMPRESSED, { postHeaderLength: 8 })).toMatchObject({
    kind: 'write',
    tableId: 18,
    rows: null,
    compressedRows: {
      algorithm: 0,
      uncompressedLength: 353,
      compressed: hex('789c7bc0c8c0c0f0'),
    },
  });
});

test('compressed rows of version 2 have the extra part', () => {
  const body = hex('010000000000 0000 0400 aabb 01 01 81 05 789c');
  expect(decode(171, body)).toMatchObject({ kind: 'delete', extra: hex('aabb'), stmtEnd: false });
});

test('the first rows of 5.1 have a short id, their updates one bitmap', () => {
  const body = hex('0a000000 0100 02 03 ffee');
  expect(decode(21, body, { postHeaderLength: 6 })).toMatchObject({
    kind: 'update',
    tableId: 10,
    presentAfter: null,
    rows: hex('ffee'),
  });
});

test('a table id of all ones only ends the statement', () => {
  expect(isDummyTableId(0xffff_ffff_ffff)).toBe(true);
  expect(isDummyTableId(0xffff_ffff)).toBe(true);
  expect(isDummyTableId(109)).toBe(false);
});

test('rows cut in their head are malformed', () => {
  expect(tear(23, WRITE_V1)).toBe(10);
  expect(tear(31, UPDATE_V2)).toBe(15);
  expect(tear(166, WRITE_COMPRESSED)).toBe(13);
  expect(problemOf(30, hex('010000000000 0000 0100'))).toMatch(/extra_row_info_len: 1 is less/);
  expect(problemOf(23, hex('010000000000 0000 feffffffffffffffff'))).toMatch(
    /columns_before_image: needs \d+ bytes, 0 left$/,
  );
});
