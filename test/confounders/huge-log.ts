import {
  closeSync,
  copyFileSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';

// A log of MariaDB 10.11 with a transaction of 4.1 GiB: a hundred rows with 44 MB of zero bytes each.
// Zeros need no room in a file with holes, so that the whole log can be laid out from what is left.

/** Stands in the matrix for the folder that `layOutHugeLog` makes. */
export const HUGE_LOG = 'huge-log';

const KEPT = join(import.meta.dirname, 'huge-log');
const NAME = 'mysql-bin.000002';
const HEADER = 19;
const XID = 16;

/** Makes the folder anew, byte for byte as the server wrote it. */
export const layOutHugeLog = (): string => {
  const folder = join(mkdtempSync(join(tmpdir(), 'repl-forensics-')), 'db11');
  mkdirSync(folder);
  for (const name of ['mysql-bin.000001', 'mysql-bin.000003', 'mysql-bin.index'])
    copyFileSync(join(KEPT, name), join(folder, name));
  // First its size, then a line for each part that is not all zeros: offset and bytes
  const [size, ...parts] = readFileSync(join(KEPT, `${NAME}.parts`), 'utf8')
    .trim()
    .split('\n');
  const file = openSync(join(folder, NAME), 'w');
  ftruncateSync(file, Number(size));
  for (const part of parts) {
    const [offset, bytes = ''] = part.split(' ');
    writeSync(file, Buffer.from(bytes, 'hex'), 0, bytes.length / 2, Number(offset));
  }
  closeSync(file);
  return folder;
};

/** Positions begin anew behind 4 GiB, and two transactions end there. */
export const hugeLogHolds = (folder: string): void => {
  const path = join(folder, NAME);
  const { size, blocks } = statSync(path);
  expect(size).toBeGreaterThan(2 ** 32);
  expect(blocks * 512).toBeLessThan(1 << 22);
  const file = openSync(path, 'r');
  const header = Buffer.alloc(HEADER);
  const ends: Array<{ type: number; end: number; position: number }> = [];
  for (let offset = 4; offset < size; ) {
    readSync(file, header, 0, HEADER, offset);
    const end = offset + header.readUInt32LE(9);
    ends.push({ type: header.readUInt8(4), end, position: header.readUInt32LE(13) });
    offset = end;
  }
  closeSync(file);
  expect(ends.at(-1)?.end).toBe(size);
  const beyond = ends.filter(({ end }) => end > 2 ** 32);
  expect(beyond.filter(({ type }) => type === XID).length).toBeGreaterThan(0);
  for (const { end, position } of beyond) expect(position).toBe(end % 2 ** 32);
};
