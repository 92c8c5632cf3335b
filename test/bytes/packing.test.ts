import { expect, test } from 'vitest';
import { isArchive, isCompression, packingOf } from '../../src/bytes/packing.ts';
import { log } from '../support/build-log.ts';

const tar = Buffer.concat([Buffer.alloc(257), Buffer.from('ustar\x0000')]);

test.each([
  ['gzip', '1f8b0808'],
  ['zstd', '28b52ffd'],
  ['zstd', '502a4d18'],
  ['zstd', '5f2a4d18'],
  ['xz', 'fd377a585a0000'],
  ['bzip2', '425a6839'],
  ['lz4', '04224d18'],
  ['7z', '377abcaf271c'],
  ['zip', '504b0304'],
  ['tar', tar.toString('hex')],
] as const)('%s is told by its first bytes (%s)', (packing, hex) => {
  const head = Buffer.from(hex, 'hex');
  expect(packingOf(head)).toBe(packing);
  const needed = packing === 'tar' ? 262 : packing === 'xz' || packing === '7z' ? 6 : 3;
  for (let length = 0; length < needed; length += 1) {
    expect(packingOf(head.subarray(0, length))).toBeNull();
  }
});

test('logs and status files are packed in no way', () => {
  for (const bytes of [
    log().format().bytes(),
    Buffer.from('23\nmysql-bin.000003\n'),
    Buffer.alloc(600),
  ]) {
    expect(packingOf(bytes)).toBeNull();
  }
});

test('two packings are read, three hold several files', () => {
  const all = ['gzip', 'zstd', 'xz', 'bzip2', 'lz4', '7z', 'zip', 'tar'] as const;
  expect(all.filter(isCompression)).toEqual(['gzip', 'zstd']);
  expect(all.filter(isArchive)).toEqual(['7z', 'zip', 'tar']);
});
