import { describe, expect, test } from 'vitest';
import {
  formatDescription,
  isChecksumAware,
} from '../../../src/binlog/events/format-description.ts';
import { decode, hex, problemOf, tear } from './event-bytes.ts';

const MYSQL_97 = hex(`
  0400                            # binlog_version
  392e372e342d32                  # server_version "9.7.4-2"
  00000000000000000000000000000000000000000000000000000000000000000000000000000000000000
  891e006b                        # create_timestamp
  13                              # common_header_len
  000d0008000000000400040000006300041a08000000000000020000000a0a0a2a2a001234000a280000
  01                              # checksum_alg
  0a6953c1                        # checksum
`);

const MYSQL_51 = hex(`
  0400                            # binlog_version
  352e312e32332d72632d64656275672d6c6f67 # server_version "5.1.23-rc-debug-log"
  00000000000000000000000000000000000000000000000000000000000000
  cb378647                        # create_timestamp
  13                              # common_header_len
  380d0008001200040404041200005300041a0800000008080802 # post_header_len
`);

test('a format description of MySQL 9.7 has 42 post-header lengths and CRC32', () => {
  expect(decode(15, MYSQL_97)).toEqual({
    type: 'format-description',
    binlogVersion: 4,
    serverVersion: '9.7.4-2',
    created: 0x6b001e89,
    headerLength: 19,
    postHeaderLengths: [
      0, 13, 0, 8, 0, 0, 0, 0, 4, 0, 4, 0, 0, 0, 99, 0, 4, 26, 8, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 10,
      10, 10, 42, 42, 0, 18, 52, 0, 10, 40, 0, 0,
    ],
    checksumAlgorithm: 1,
    storedChecksum: 0xc153690a,
  });
});

test('a format description of MySQL 5.1 knows no checksum and ends with the lengths', () => {
  expect(decode(15, MYSQL_51)).toEqual({
    type: 'format-description',
    binlogVersion: 4,
    serverVersion: '5.1.23-rc-debug-log',
    created: 1199978443,
    headerLength: 19,
    postHeaderLengths: [
      56, 13, 0, 8, 0, 18, 0, 4, 4, 4, 4, 18, 0, 0, 83, 0, 4, 26, 8, 0, 0, 0, 8, 8, 8, 2,
    ],
    checksumAlgorithm: null,
    storedChecksum: null,
  });
});

test('a server version that fills its field needs no NUL', () => {
  const body = Buffer.from(MYSQL_51);
  body.fill('x', 2 + 19, 2 + 50);
  expect(decode(15, body)).toMatchObject({ serverVersion: `5.1.23-rc-debug-log${'x'.repeat(31)}` });
});

test('a checksum algorithm that does not exist is malformed', () => {
  const body = Buffer.from(MYSQL_97);
  body[body.length - 5] = 2;
  expect(problemOf(15, body)).toMatch(/checksum_alg: 2 is no checksum algorithm$/);
});

test.each([
  ['5.6.0', false],
  ['5.6.1-m5', true],
  ['5.5.68-MariaDB-log', true],
  ['5.2.14-MariaDB', false],
  ['5.3.0-MariaDB-alpha', true],
  ['10.11.19-MariaDB-0+deb12u1-log', true],
  ['5.5.62', false],
  ['not a version', false],
])('a server of version %s is checksum-aware: %s', (version, aware) => {
  expect(isChecksumAware(version)).toBe(aware);
});

describe('torn', () => {
  test('a format description cut before its lengths is malformed, at any byte', () => {
    expect(tear(15, MYSQL_51)).toBe(57);
  });
  test('a format description of a checksum-aware server needs its tail', () => {
    tear(15, MYSQL_97);
    expect(problemOf(15, MYSQL_97.subarray(0, 60))).toBe(
      'binlog.000001: at 157: checksum_alg: needs 5 bytes, 3 left',
    );
  });
});

test('the definition names where its layout comes from', () => {
  expect(formatDescription.source).toContain('Format_description_event');
});
