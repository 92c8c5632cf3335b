import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { fromBytes, openFile } from '../../src/bytes/byte-source.ts';
import { noise } from '../support/build-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'byte-source-'));
afterAll(() => rmSync(folder, { recursive: true }));

const BYTES = noise(500);

test.each(['a file', 'bytes in memory'])('%s: any part, shorter where it ends', (kind) => {
  const path = join(folder, 'part');
  writeFileSync(path, BYTES);
  const source = kind === 'a file' ? openFile(path) : fromBytes(BYTES);
  expect(source.size).toBe(500);
  const into = Buffer.alloc(100);
  expect(source.read(into, 50)).toBe(100);
  expect(into).toEqual(BYTES.subarray(50, 150));
  expect(source.read(into, 480)).toBe(20);
  expect(into.subarray(0, 20)).toEqual(BYTES.subarray(480));
  expect(source.read(into, 500)).toBe(0);
  source.close();
});

test('a file that grows while it is read has the size that it had at first', () => {
  const path = join(folder, 'grows');
  writeFileSync(path, BYTES);
  const source = openFile(path);
  appendFileSync(path, BYTES);
  const into = Buffer.alloc(1000);
  expect(source.read(into, 0)).toBe(500);
  expect(source.read(into, 500)).toBe(0);
  source.close();
});

test('a file that is cut while it is read gives what is left', () => {
  const path = join(folder, 'cut');
  writeFileSync(path, BYTES);
  const source = openFile(path);
  truncateSync(path, 100);
  expect(source.read(Buffer.alloc(500), 0)).toBe(100);
  expect(source.read(Buffer.alloc(500), 200)).toBe(0);
  source.close();
});

test("a file that is not there is the system's error", () => {
  expect(() => openFile(join(folder, 'none'))).toThrow(/ENOENT/);
});
