import { expect, test } from 'vitest';
import { readStatusVars } from '../../../src/binlog/events/query-status-vars.ts';
import { FieldReader } from '../../../src/bytes/field-reader.ts';
import { hex } from './event-bytes.ts';

const read = (text: string, after = '') => {
  const block = hex(text);
  const fields = new FieldReader(Buffer.concat([block, hex(after)]), { file: 'f', base: 0 });
  const vars = readStatusVars(fields, block.length);
  return { ...vars, left: fields.remaining };
};

test.each([
  ['00 01020000', { flags2: 0x201 }],
  ['01 0807060504030201', { sqlMode: 0x0102030405060708n }],
  ['02 03 737464 00', { catalog: 'std' }],
  ['06 03 737464', { catalog: 'std' }],
  ['03 0200 0100', { autoIncrementIncrement: 2, autoIncrementOffset: 1 }],
  ['04 2100 2200 0800', { charsetClient: 33, collationConnection: 34, collationServer: 8 }],
  ['05 06 2b30303a3030', { timeZone: '+00:00' }],
  ['07 0100', { lcTimeNames: 1 }],
  ['08 0800', { collationDatabase: 8 }],
  ['09 0300000000000000', { tableMapForUpdate: 3n }],
  ['0a 64000000', { masterDataWritten: 100 }],
  ['0b 04 726f6f74 09 6c6f63616c686f7374', { invokerUser: 'root', invokerHost: 'localhost' }],
  ['0c 02 6100 6200', { updatedDatabases: ['a', 'b'] }],
  ['0c 00', { updatedDatabases: [] }],
  ['0c fe', { updatedDatabases: null }],
  ['0d 04d706', { microseconds: 448260 }],
  ['10 01', { explicitDefaultsForTimestamp: 1 }],
  ['11 5600000000000000', { ddlXid: 86n }],
  ['12 ff00', { defaultCollationForUtf8mb4: 255 }],
  ['13 01', { sqlRequirePrimaryKey: 1 }],
  ['14 02', { defaultTableEncryption: 2 }],
  ['15 00', { nativeForeignKeys: 0 }],
  ['80 929701', { hrnow: 104338 }],
  ['81 2600000000000000', { mariadbXid: 38n }],
  ['82 02', { mariadbGtidFlags3: 2 }],
  ['82 04 0700000000000000', { mariadbGtidFlags3: 4, startAlterSequence: 7n }],
  [
    '83 02 2d00 ff00 5300 0009',
    {
      characterSetCollations: [
        [45, 255],
        [83, 2304],
      ],
    },
  ],
])('status variable %s is read to its last byte', (block, vars) => {
  expect(read(block, 'ffff')).toEqual({ ...vars, left: 2 });
});

test('the first code nobody knows ends the reading, not the event', () => {
  expect(read('13 01 5a 12345678', 'ffff')).toEqual({
    sqlRequirePrimaryKey: 1,
    unknownCode: 0x5a,
    left: 2,
  });
});

test('the codes that were never written end it too', () => {
  expect(read('0e 0011')).toEqual({ unknownCode: 14, left: 0 });
});

test('MariaDB fills a block up behind code 255', () => {
  expect(read('ff 00 00 00')).toEqual({ left: 0 });
});

test('a variable that runs over the end of its block is malformed', () => {
  expect(() => read('01 0102', 'ffffffffffffffff')).toThrow(
    'status_vars: run 6 bytes beyond their end',
  );
});

test('a database name without its NUL is malformed', () => {
  expect(() => read('0c 01 6162', '00')).toThrow('mts_accessed_db_names: no NUL before the end');
});
