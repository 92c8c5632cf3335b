import { expect, test } from 'vitest';
import { decode, hex, problemOf, tear } from './event-bytes.ts';

const MYSQL_56 = hex(`
  0a000000            # thread_id
  00000000            # exec_time
  00                  # db_len
  0000                # error_code
  2d00                # status_vars_len
  00 00000000         # flags2
  01 0000004000000000 # sql_mode
  06 03 737464        # catalog "std"
  03 0300 0100        # auto_increment_increment, auto_increment_offset
  04 2100 2100 0800   # character_set_client, collation_connection, collation_server
  05 06 53595354454d  # time_zone "SYSTEM"
  0c 01 61707000      # mts_accessed_db_names "app"
  00                  # db
  424547494e          # query "BEGIN"
`);

const MYSQL_97 = hex(`
  0f000000            # thread_id
  00000000            # exec_time
  04                  # db_len
  0000                # error_code
  2f00                # status_vars_len
  00 00000000         # flags2
  01 2000a04500000000 # sql_mode
  06 03 737464        # catalog "std"
  04 ff00 ff00 ff00   # character_set_client, collation_connection, collation_server
  09 0100000000000000 # table_map_for_update
  0c 01 73686f7000    # mts_accessed_db_names "shop"
  12 ff00             # default_collation_for_utf8mb4
  15 00               # 21
  73686f70 00         # db "shop"
  555044415445206f726465727320534554206e6f74653d277827204f52444552204259206964204c494d49542032
`);

const MARIADB_1011 = hex(`
  19000000            # thread_id
  00000000            # exec_time
  00                  # db_len
  0000                # error_code
  2b00                # status_vars_len
  00 00000001         # flags2
  01 0000205400000000 # sql_mode
  06 03 737464        # catalog "std"
  03 0200 0100        # auto_increment_increment, auto_increment_offset
  04 2100 2100 0800   # character_set_client, collation_connection, collation_server
  05 06 53595354454d  # time_zone "SYSTEM"
  80 929701           # hrnow
  00                  # db
  696e7365727420696e746f206170702e6f726465727328736b752c7174792c70726963652c64292076616c756573
  2827736b752d64622d612d31272c312c312e32352c6e6f77282929
`);

test('a query of MySQL 5.6 has the status variables of its time', () => {
  expect(decode(2, MYSQL_56, { postHeaderLength: 13 })).toEqual({
    type: 'query',
    threadId: 10,
    execTime: 0,
    errorCode: 0,
    statusVars: {
      flags2: 0,
      sqlMode: 0x40000000n,
      catalog: 'std',
      autoIncrementIncrement: 3,
      autoIncrementOffset: 1,
      charsetClient: 33,
      collationConnection: 33,
      collationServer: 8,
      timeZone: 'SYSTEM',
      updatedDatabases: ['app'],
    },
    database: '',
    sql: Buffer.from('BEGIN'),
  });
});

test('a query of MySQL 9.7 has the newer ones, and its database', () => {
  expect(decode(2, MYSQL_97, { postHeaderLength: 13 })).toEqual({
    type: 'query',
    threadId: 15,
    execTime: 0,
    errorCode: 0,
    statusVars: {
      flags2: 0,
      sqlMode: 0x45a00020n,
      catalog: 'std',
      charsetClient: 255,
      collationConnection: 255,
      collationServer: 255,
      tableMapForUpdate: 1n,
      updatedDatabases: ['shop'],
      defaultCollationForUtf8mb4: 255,
      nativeForeignKeys: 0,
    },
    database: 'shop',
    sql: Buffer.from("UPDATE orders SET note='x' ORDER BY id LIMIT 2"),
  });
});

test('a query of MariaDB has its microseconds under another code', () => {
  expect(decode(2, MARIADB_1011, { postHeaderLength: 13, flavor: 'mariadb' })).toMatchObject({
    threadId: 25,
    statusVars: { flags2: 0x1000000, timeZone: 'SYSTEM', hrnow: 104338 },
    sql: Buffer.from("insert into app.orders(sku,qty,price,d) values('sku-db-a-1',1,1.25,now())"),
  });
});

test('a query of a log before 5.0 has no status variables', () => {
  const body = hex(`
    01000000 05000000 02 e803       # thread_id, exec_time, db_len, error_code
    6462 00 53454c4543542031        # "db", "SELECT 1"
  `);
  expect(decode(2, body, { postHeaderLength: 11 })).toEqual({
    type: 'query',
    threadId: 1,
    execTime: 5,
    errorCode: 1000,
    statusVars: {},
    database: 'db',
    sql: Buffer.from('SELECT 1'),
  });
});

test('what a longer post-header adds is skipped', () => {
  const body = hex('01000000 00000000 00 0000 0000 abcd 00 31');
  expect(decode(2, body, { postHeaderLength: 15 })).toMatchObject({ sql: Buffer.from('1') });
});

test('a query cut before its text is malformed, at any byte', () => {
  expect(tear(2, MYSQL_56)).toBe(MYSQL_56.length - 'BEGIN'.length);
  expect(tear(2, MYSQL_97)).toBe(MYSQL_97.length - 46);
  expect(tear(2, MARIADB_1011)).toBe(MARIADB_1011.length - 73);
});

test('a status block that runs past the event is malformed', () => {
  expect(problemOf(2, hex('01000000 00000000 00 0000 ff00 00 31'))).toMatch(
    /status_vars: needs 255 bytes, 2 left$/,
  );
});
