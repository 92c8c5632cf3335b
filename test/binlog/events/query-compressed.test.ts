import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decode, hex, problemOf, tear } from './event-bytes.ts';

const BODY = hex(`
  07000000            # thread_id
  00000000            # exec_time
  00                  # db_len
  0000                # error_code
  1a00                # status_vars_len
  00 00000001         # flags2
  01 0000205400000000 # sql_mode
  06 03 737464        # catalog "std"
  04 0009 0009 0009   # character_set_client, collation_connection, collation_server
  00                  # db
  81                  # compression_header: zlib, one byte of length
  1f                  # uncompressed_length
  789cf3f40b760d0a51f0f40bf15748d42bd128d3540873f409750dd650af4854d704008b350882
`);

test('a compressed query of MariaDB keeps its blob, with the length it claims', () => {
  expect(decode(165, BODY, { postHeaderLength: 13 })).toEqual({
    type: 'query-compressed',
    threadId: 7,
    execTime: 0,
    errorCode: 0,
    statusVars: {
      flags2: 0x1000000,
      sqlMode: 0x54200000n,
      catalog: 'std',
      charsetClient: 2304,
      collationConnection: 2304,
      collationServer: 2304,
    },
    database: '',
    sql: { algorithm: 0, uncompressedLength: 31, compressed: BODY.subarray(-39) },
  });
  expect(inflateSync(BODY.subarray(-39)).toString()).toBe("INSERT INTO a.t(v) VALUES('xa')");
});

test('a length of several bytes is big-endian', () => {
  const body = hex('00000000 00000000 00 0000 0000 00 83 010203 aabb');
  expect(decode(165, body)).toMatchObject({ sql: { uncompressedLength: 0x010203 } });
});

test('a compressed query cut before its stream is malformed', () => {
  expect(tear(165, BODY)).toBe(BODY.length - 39);
  expect(problemOf(165, hex('00000000 00000000 00 0000 0000 00 05'))).toMatch(
    /compression_header: 5 is no header of a compressed part$/,
  );
});
