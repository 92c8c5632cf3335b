// Writes a large log of realistic events: row transactions of mixed sizes, with valid checksums.
import { closeSync, openSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';

const event = (type, serverId, timestamp, end, body) => {
  const size = 19 + body.length + 4;
  const out = Buffer.alloc(size);
  out.writeUInt32LE(timestamp, 0);
  out[4] = type;
  out.writeUInt32LE(serverId, 5);
  out.writeUInt32LE(size, 9);
  out.writeUInt32LE((end + size) % 2 ** 32, 13);
  body.copy(out, 19);
  out.writeUInt32LE(crc32(out.subarray(0, size - 4)), size - 4);
  return out;
};

const u32 = (n) => {
  const b = Buffer.alloc(4);
  b.writeUInt32LE(n >>> 0);
  return b;
};

/** Of MySQL 8.0; earlier servers know fewer types. MariaDB's printer goes by those of rows. */
const POST_HEADER_LENGTHS = [
  0, 13, 0, 8, 0, 0, 0, 0, 4, 0, 4, 0, 0, 0, 99, 0, 4, 26, 8, 0, 0, 0, 8, 8, 8, 2, 0, 0, 0, 10, 10,
  10, 42, 42, 0, 18, 52, 0, 10, 40, 0,
];

const formatDescription = (version, types) =>
  Buffer.concat([
    Buffer.from([4, 0]),
    Buffer.from(version.padEnd(50, '\0'), 'latin1'),
    u32(0),
    Buffer.from([19]),
    Buffer.from(POST_HEADER_LENGTHS.slice(0, types)),
    Buffer.from([1]),
  ]);

const query = (text) =>
  Buffer.concat([
    u32(9),
    u32(0),
    Buffer.from([3, 0, 0, 0, 0]),
    Buffer.from('app\0'),
    Buffer.from(text),
  ]);

const table = Buffer.from([
  1, 0, 0, 0, 0, 0, 1, 0, 3, 97, 112, 112, 0, 1, 116, 0, 2, 3, 15, 2, 255, 0, 2,
]);

/** Rows event of table id 1 whose rows are `length` bytes: an INT and VARCHARs of at most 200 characters. */
const writeRows = (n, length) => {
  const out = [Buffer.from([1, 0, 0, 0, 0, 0, 1, 0, 2, 0, 2, 0xff])];
  for (let left = length; left > 0; ) {
    const text = Math.min(200, Math.max(0, left - 6));
    out.push(Buffer.from([0]), u32(n), Buffer.from([text]), Buffer.alloc(text, 0x61 + (n % 26)));
    left -= 6 + text;
  }
  return Buffer.concat(out);
};

/** Gtid post-header and commit stamps of MySQL 8: anonymous, original equal to immediate. */
const anonymousGtid = (n) => {
  const b = Buffer.alloc(49);
  b[25] = 2;
  b.writeBigInt64LE(BigInt(n), 26);
  b.writeBigInt64LE(BigInt(n + 1), 34);
  b.writeUIntLE((1_795_000_000_000_000 + n * 250) % 2 ** 48, 42, 6);
  b[48] = 0x06;
  return b;
};

/** `style`: 'mysql-5.6' names transactions by content, 'mysql-8.0' by commit stamps. */
export const makeLog = (path, mebibytes, style, rowBytes) => {
  const fd = openSync(path, 'w');
  let at = 4;
  let n = 0;
  let chunk = [Buffer.from('fe62696e', 'hex')];
  let held = 4;
  const put = (type, timestamp, body) => {
    const bytes = event(type, 1, timestamp, at, body);
    at += bytes.length;
    chunk.push(bytes);
    held += bytes.length;
  };
  put(
    15,
    1_795_000_000,
    formatDescription(
      style === 'mysql-8.0' ? '8.0.40' : '5.6.24-log',
      style === 'mysql-8.0' ? 41 : 35,
    ),
  );
  const limit = mebibytes * 2 ** 20;
  while (at < limit) {
    const t = 1_795_000_000 + Math.floor(n / 2000);
    if (style === 'mysql-8.0') put(34, t, anonymousGtid(n));
    put(2, t, query('BEGIN'));
    put(19, t, table);
    const rows = writeRows(n, rowBytes === 'mixed' ? [40, 120, 400, 2000][n % 4] : rowBytes);
    put(30, t, rows);
    put(16, t, Buffer.concat([u32(n), u32(0)]));
    n += 1;
    if (held > 1 << 20) {
      writeSync(fd, Buffer.concat(chunk));
      chunk = [];
      held = 0;
    }
  }
  writeSync(fd, Buffer.concat(chunk));
  closeSync(fd);
};
