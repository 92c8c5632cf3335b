import { deflateRawSync, deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { hex } from '../events/event-bytes.ts';
import { columnOf, problemOfBytes, read, readBytes } from './read-value.ts';

const utf8 = { charset: 'utf8mb4' };
const binary = { charset: 'binary' };

describe('plain strings', () => {
  test.each([
    ['STRING', 'fe04', '01 78'],
    ['STRING', 'cefc', '0100 78'],
    ['VARCHAR', 'ff00', '01 78'],
    ['VARCHAR', '0001', '0100 78'],
    ['VAR_STRING', '0a00', '01 78'],
    ['BLOB', '01', '01 78'],
    ['BLOB', '02', '0100 78'],
    ['BLOB', '03', '010000 78'],
    ['BLOB', '04', '01000000 78'],
  ] as const)('%s with metadata %s has a length of its own width', (type, metadata, bytes) => {
    expect(read(columnOf(type, metadata, utf8), bytes)).toBe('x');
    expect(read(columnOf(type, metadata, binary), bytes)).toEqual(Buffer.from('x'));
    expect(read(columnOf(type, metadata), bytes)).toEqual(Buffer.from('x'));
  });

  test('a CHAR of 1020 bytes hides two bits of its length in the type', () => {
    expect(columnOf('STRING', 'cefc')).toMatchObject({ realType: 254, size: 1020 });
  });

  test('text that its character set has no characters for stays bytes', () => {
    expect(read(columnOf('BLOB', '01', utf8), '02 c328')).toEqual(hex('c328'));
  });

  test('text as stored is bytes', () => {
    expect(read(columnOf('BLOB', '01', utf8), '01 78', 'stored')).toEqual(Buffer.from('x'));
  });

  test('bytes are a view of what was read', () => {
    const bytes = hex('01 78');
    const value = readBytes(columnOf('BLOB', '01'), bytes) as Buffer;
    bytes[1] = 0x79;
    expect(value.toString()).toBe('y');
  });

  test('no length has five bytes', () => {
    expect(problemOfBytes(columnOf('BLOB', '05'), hex('0100000000 78'))).toContain('5 bytes');
  });
});

describe('COMPRESSED columns of MariaDB', () => {
  const varchar = columnOf('VARCHAR_COMPRESSED', '6500', utf8);
  const blob = columnOf('BLOB_COMPRESSED', '02', binary);
  const text = 'compress '.repeat(30);
  /** `u16 length`, head, original length of two bytes, data. */
  const stored = (head: number, data: Buffer, length = text.length): Buffer => {
    const lengths = Buffer.alloc(5);
    lengths.writeUInt16LE(data.length + 3, 0);
    lengths.writeUInt8(head, 2);
    lengths.writeUInt16BE(length, 3);
    return Buffer.concat([lengths, data]);
  };

  test('are empty, or begin with a zero byte and the string', () => {
    expect(read(varchar, '00')).toBe('');
    expect(read(varchar, '06 00 73686f7274')).toBe('short');
    expect(read(varchar, '06 00 73686f7274', 'stored')).toEqual(hex('0073686f7274'));
  });

  test('are decompressed, raw or with the head and sum of zlib', () => {
    expect(readBytes(blob, stored(0x8a, deflateRawSync(text)))).toEqual(Buffer.from(text));
    expect(readBytes(blob, stored(0x82, deflateSync(text)))).toEqual(Buffer.from(text));
  });

  test('of another length than they claim are malformed, where they begin', () => {
    expect(problemOfBytes(blob, stored(0x8a, deflateRawSync(text), 269))).toMatch(
      /^binlog\.000001: at 502: compressed_string: cannot be decompressed/,
    );
    expect(problemOfBytes(blob, stored(0x8a, deflateRawSync(text), 271))).toContain(
      'holds 270 bytes and claims 271',
    );
  });

  test.each([
    ['no method', '0300 8a'],
    ['another method', '0200 7a01'],
    ['no data', '0200 8a01'],
  ])('with %s are malformed', (_what, bytes) => {
    expect(problemOfBytes(blob, hex(bytes).subarray(0, 4))).not.toBe('none');
  });

  test('claims of more than the data can hold are refused before anything is allocated', () => {
    const lying = hex('0600 8c ffffffff 00');
    expect(problemOfBytes(blob, lying)).toContain('claims 4294967295 bytes');
    expect(problemOfBytes(blob, hex('0500 8b 00ffff 00'))).toContain('more than 1 can hold');
  });
});
