import { openSync, readdirSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import type { ByteSource } from '../../src/bytes/byte-source.ts';
import { StreamSource } from '../../src/bytes/stream-source.ts';
import { type SpoolOptions, spool } from '../../src/inputs/spool.ts';
import { noise } from '../support/build-log.ts';
import { inPieces } from '../support/pack.ts';

const stream = (bytes: Uint8Array, piece = 1 << 16) =>
  new StreamSource(inPieces(bytes, piece), 'stdin');

const run = (source: ByteSource, options?: SpoolOptions) => {
  const work = spool(source, options);
  const slices: number[] = [];
  for (;;) {
    const step = work.next();
    if (step.done) return { slices, spooled: step.value };
    slices.push(step.value);
  }
};

/** Descriptors that this process has open, by what they stand for. */
const nameless = (): number =>
  readdirSync('/proc/self/fd', { withFileTypes: true }).filter((entry) => entry.isSymbolicLink())
    .length;

const BYTES = noise(3 << 20);

test('any part can be read, any number of times', () => {
  const { spooled } = run(stream(BYTES));
  expect(spooled.size).toBe(BYTES.length);
  for (const at of [0, 2_000_000, 5, BYTES.length - 100]) {
    const into = Buffer.alloc(1000);
    const got = spooled.read(into, at);
    expect(into.subarray(0, got).equals(BYTES.subarray(at, at + 1000))).toBe(true);
  }
  expect(spooled.read(Buffer.alloc(10), BYTES.length)).toBe(0);
  spooled.close();
});

test('it yields after what comes, so that nobody waits for the whole', () => {
  const { slices, spooled } = run(stream(noise(1000), 300));
  expect(slices).toEqual([300, 600, 900, 1000]);
  spooled.close();
});

test('its file has no name, from the beginning on', () => {
  const ours = () => readdirSync(tmpdir()).filter((name) => name.startsWith('repl-forensics-'));
  const before = new Set(ours());
  const work = spool(stream(BYTES));
  work.next();
  // Other tests have folders of their own there
  const added = ours().filter((name) => !before.has(name));
  expect(added.filter((name) => readdirSync(`${tmpdir()}/${name}`).includes('spool'))).toEqual([]);
  work.return(undefined as never);
});

test.runIf(process.platform === 'linux')('left before its end, it closes its file', () => {
  const before = nameless();
  for (let n = 0; n < 5; n += 1) {
    const work = spool(stream(BYTES));
    work.next();
    work.return(undefined as never);
  }
  expect(nameless()).toBe(before);
});

describe.runIf(process.platform === 'linux')('where there is no room', () => {
  const full = (): number => openSync('/dev/full', 'r+');

  test('says so, and what may help', () => {
    expect(() => run(stream(BYTES), { open: full })).toThrow(
      /^no room in .+ behind 0 bytes of the unpacked input \(ENOSPC\): set TMPDIR to a folder with more/,
    );
    try {
      run(stream(BYTES), { open: full });
    } catch (error) {
      expect(error).toMatchObject({ code: 'ENOSPC', syscall: 'write' });
    }
  });

  test('asks for room first, as often as some is made', () => {
    let asked = 0;
    const makeRoom = (): boolean => {
      asked += 1;
      return asked < 4;
    };
    expect(() => run(stream(BYTES), { open: full, makeRoom })).toThrow(/no room/);
    expect(asked).toBe(4);
  });
});

test("another failure is the system's error", () => {
  const readOnly = (): number => openSync(import.meta.filename, 'r');
  expect(() => writeSync(readOnly(), 'x')).toThrow(/EBADF/);
  expect(() => run(stream(BYTES), { open: readOnly })).toThrow(/EBADF/);
});
