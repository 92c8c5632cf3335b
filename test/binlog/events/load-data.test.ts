import { expect, test } from 'vitest';
import { decode, hex, tear } from './event-bytes.ts';

const BLOCK = hex(`
  02000000                          # file_id
  4161726875730a                    # block
`);

const EXECUTE = hex(`
  02000000                          # thread_id
  00000000                          # exec_time
  04                                # db_len
  0000                              # error_code
  1a00                              # status_vars_len
  02000000                          # file_id
  09000000                          # fn_pos_start
  24000000                          # fn_pos_end
  00                                # dup_handling
  00 00400000                       # flags2
  01 0000000000000000               # sql_mode
  06 03 737464                      # catalog "std"
  04 0800 0800 0800                 # character_set_client, collations
  74657374 00                       # db "test"
  4c4f4144204441544120494e46494c4520276269675f66696c652e6461742720494e544f205441424c45207433
`);

test.each([
  [17, 'begin-load-query'],
  [9, 'append-block'],
])('type %s is a part of a file: %s', (code, type) => {
  expect(decode(code, BLOCK, { postHeaderLength: 4 })).toEqual({
    type,
    fileId: 2,
    block: Buffer.from('Aarhus\n'),
  });
  expect(tear(code, BLOCK)).toBe(4);
});

test.each([
  [11, 'delete-file'],
  [10, 'exec-load'],
])('type %s ends a file: %s', (code, type) => {
  expect(decode(code, BLOCK.subarray(0, 4))).toEqual({ type, fileId: 2 });
  expect(tear(code, BLOCK.subarray(0, 4))).toBe(4);
});

test('a LOAD DATA statement knows where its file name stands', () => {
  expect(decode(18, EXECUTE, { postHeaderLength: 26 })).toEqual({
    type: 'execute-load-query',
    threadId: 2,
    execTime: 0,
    errorCode: 0,
    statusVars: {
      flags2: 0x4000,
      sqlMode: 0n,
      catalog: 'std',
      charsetClient: 8,
      collationConnection: 8,
      collationServer: 8,
    },
    database: 'test',
    fileId: 2,
    fileNameStart: 9,
    fileNameEnd: 36,
    onDuplicate: 'error',
    sql: Buffer.from("LOAD DATA INFILE 'big_file.dat' INTO TABLE t3"),
  });
});

test('a LOAD DATA statement cut before its text is malformed', () => {
  expect(tear(18, EXECUTE)).toBe(EXECUTE.length - 45);
});
