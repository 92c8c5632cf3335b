import { expect, test } from 'vitest';
import { StreamSource } from '../../src/bytes/stream-source.ts';
import { type HoldOptions, hold } from '../../src/inputs/hold.ts';
import { noise } from '../support/build-log.ts';
import { inPieces } from '../support/pack.ts';

const run = (bytes: Uint8Array, piece = 1 << 16, options: HoldOptions = { name: 'stdin' }) => {
  const work = hold(new StreamSource(inPieces(bytes, piece), 'stdin'), options);
  const slices: number[] = [];
  for (;;) {
    const step = work.next();
    if (step.done) return { slices, held: step.value };
    slices.push(step.value);
  }
};

test('any part can be read, any number of times, across its blocks', () => {
  const bytes = noise(3_400_000);
  const { held } = run(bytes);
  expect(held.size).toBe(bytes.length);
  for (const at of [0, 2_000_000, 5, (1 << 20) - 500, bytes.length - 100]) {
    const into = Buffer.alloc(2_200_000);
    const got = held.read(into, at);
    expect(got).toBe(Math.min(into.length, bytes.length - at));
    expect(into.subarray(0, got).equals(bytes.subarray(at, at + got))).toBe(true);
  }
  expect(held.read(Buffer.alloc(10), bytes.length)).toBe(0);
});

test('it yields after what comes, so that nobody waits for the whole', () => {
  expect(run(noise(1000), 300).slices).toEqual([300, 600, 900, 1000]);
});

test('what is too long is refused, with what may help', () => {
  const options = { name: 'relay-bin.000002.gz', atMost: 100_000 };
  expect(run(noise(100_000), 1 << 16, options).held.size).toBe(100_000);
  expect(() => run(noise(100_001), 1 << 16, options)).toThrow(
    /^relay-bin\.000002\.gz: more than 100000 bytes unpacked, .*unpack it into a file first/,
  );
});
