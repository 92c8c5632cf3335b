import { expect, test } from 'vitest';
import { LOAD_OPT_FLAGS } from '../../../src/binlog/events/load-head.ts';
import { flagNames } from '../../../src/binlog/flag-names.ts';
import { decode, hex, problemOf, tear } from './event-bytes.ts';

const HEAD = `
  05000000                          # thread_id
  01000000                          # exec_time
  02000000                          # skip_lines
  02                                # table_name_len
  04                                # db_len
  02000000                          # num_fields
`;

const OLD_FORMAT = `
  2c                                # field_term ","
  22                                # enclosed '"'
  0a                                # line_term "\\n"
  00                                # line_start
  5c                                # escaped "\\"
  06                                # opt_flags OPT_ENCLOSED, REPLACE
  08                                # empty_flags LINE_START_EMPTY
`;

const NEW_FORMAT = `
  02 7c7c                           # field_term "||"
  00                                # enclosed
  02 0d0a                           # line_term "\\r\\n"
  01 3e                             # line_start ">"
  01 5c                             # escaped "\\"
  08                                # opt_flags IGNORE
`;

const NAMES = `
  01 02                             # field_lens
  6100 626200                       # fields "a", "bb"
  743100                            # table_name "t1"
  7465737400                        # db "test"
`;

const FILE_NAME = '2f746d702f66        # fname "/tmp/f"';

const HEAD_FIELDS = { threadId: 5, execTime: 1, skipLines: 2 };
const NAME_FIELDS = { fields: ['a', 'bb'], table: 't1', database: 'test', fileName: '/tmp/f' };
const NEW_FORMAT_FIELDS = {
  fieldsTerminatedBy: '||',
  fieldsEnclosedBy: '',
  linesTerminatedBy: '\r\n',
  linesStartingBy: '>',
  fieldsEscapedBy: '\\',
  optFlags: 8,
};

const OLD = hex([HEAD, OLD_FORMAT, NAMES, FILE_NAME].join('\n'));
const NEW = hex([HEAD, NEW_FORMAT, NAMES, FILE_NAME].join('\n'));
const CREATE = hex(
  [HEAD, '07000000 # file_id', NEW_FORMAT, NAMES, FILE_NAME, '00 312c320a # NUL, block'].join('\n'),
);

test('a LOAD DATA of 3.23 has delimiters of one character, and says which of them are none', () => {
  expect(decode(6, OLD, { postHeaderLength: 18 })).toEqual({
    type: 'load',
    ...HEAD_FIELDS,
    fieldsTerminatedBy: ',',
    fieldsEnclosedBy: '"',
    linesTerminatedBy: '\n',
    linesStartingBy: '',
    fieldsEscapedBy: '\\',
    optFlags: 6,
    ...NAME_FIELDS,
  });
});

test('each delimiter has its own bit for none', () => {
  const none = Buffer.from(OLD);
  none[24] = 0x1f;
  expect(decode(6, none)).toMatchObject({
    fieldsTerminatedBy: '',
    fieldsEnclosedBy: '',
    linesTerminatedBy: '',
    linesStartingBy: '',
    fieldsEscapedBy: '',
  });
});

test('a LOAD DATA of 4.0 has delimiters of any length', () => {
  expect(decode(12, NEW, { postHeaderLength: 18 })).toEqual({
    type: 'load',
    ...HEAD_FIELDS,
    ...NEW_FORMAT_FIELDS,
    ...NAME_FIELDS,
  });
  expect(flagNames(LOAD_OPT_FLAGS, 8)).toEqual(['IGNORE_FLAG']);
});

test('the name of the file may end with a NUL', () => {
  expect(decode(12, Buffer.concat([NEW, Buffer.alloc(1)]))).toMatchObject({ fileName: '/tmp/f' });
});

test('a create-file event has the statement and the first part of its file', () => {
  expect(decode(8, CREATE, { postHeaderLength: 4 })).toEqual({
    type: 'create-file',
    ...HEAD_FIELDS,
    ...NEW_FORMAT_FIELDS,
    ...NAME_FIELDS,
    fileId: 7,
    block: Buffer.from('1,2\n'),
  });
});

test('a load event cut anywhere before the name of its file is malformed', () => {
  expect(tear(6, OLD)).toBe(OLD.length - '/tmp/f'.length);
  expect(tear(12, NEW)).toBe(NEW.length - '/tmp/f'.length);
  expect(tear(8, CREATE)).toBe(CREATE.length - '1,2\n'.length);
});

test('a number of fields that lies is malformed before anything is allocated', () => {
  const lying = Buffer.from(NEW);
  lying.writeUInt32LE(0xffff_ffff, 14);
  expect(problemOf(12, lying)).toMatch(/field_lens: needs 4294967295 bytes, \d+ left$/);
});
