import { expect, test } from 'vitest';
import { decode, hex, problemOf, tear } from './event-bytes.ts';

const BODY = hex(`
  02 01 00                          # compression_type ZSTD
  03 03 fcc003                      # uncompressed_size 960
  01 01 08                          # payload_size
  00                                # end mark
  28b52ffd0058bc0d                  # payload
`);

test('a transaction payload says how it is compressed and how large it becomes', () => {
  expect(decode(40, BODY, { postHeaderLength: 40 })).toEqual({
    type: 'transaction-payload',
    compressionType: 0,
    uncompressedSize: 960n,
    payload: hex('28b52ffd0058bc0d'),
  });
});

test('a field nobody knows is skipped', () => {
  const body = hex('09 02 abcd 02 03 fcff00 00 3132');
  expect(decode(40, body)).toEqual({
    type: 'transaction-payload',
    compressionType: 255,
    uncompressedSize: null,
    payload: Buffer.from('12'),
  });
});

test('a transaction payload cut anywhere is malformed', () => {
  expect(tear(40, BODY)).toBe(BODY.length);
});

test('a size that lies is malformed before anything is allocated', () => {
  expect(problemOf(40, hex('01 09 feffffffffffffffff 00 31'))).toMatch(
    /payload_size: says 18446744073709551615 bytes, 1 left$/,
  );
  expect(problemOf(40, hex('02 02 0000 00'))).toMatch(/field_length: 2 is not its length$/);
});
