import type { readSync } from 'node:fs';
import { expect, test } from 'vitest';
import { stdinChunks } from '../../src/bytes/stdin-chunks.ts';
import { UnreadableError } from '../../src/bytes/unreadable-error.ts';
import { drain } from '../support/pack.ts';

const failure = (code: string): Error => Object.assign(new Error(code), { code, syscall: 'read' });

/** A pipe that answers so, call by call. */
const pipe = (answers: readonly (string | Error)[]): typeof readSync => {
  let call = 0;
  return ((_fd: number, into: Uint8Array) => {
    const answer = answers[call] ?? '';
    call += 1;
    if (answer instanceof Error) throw answer;
    return Buffer.from(answer).copy(into);
  }) as typeof readSync;
};

const noTerminal = (): boolean => false;

test('gives what comes, until nothing comes', () => {
  const chunks = stdinChunks(pipe(['fe', '62', '696e']), noTerminal);
  expect(drain(chunks)).toMatchObject({ bytes: Buffer.from('fe62696e'), problem: null });
  expect(chunks.taken).toBe(8);
});

test('waits for a pipe that has nothing yet, without using the processor', () => {
  const empty = Array.from({ length: 4 }, () => failure('EAGAIN'));
  const before = process.cpuUsage();
  const start = performance.now();
  expect(
    drain(stdinChunks(pipe([...empty, 'a', ...empty, 'b']), noTerminal)).bytes.toString(),
  ).toBe('ab');
  const { user, system } = process.cpuUsage(before);
  // 1 + 2 + 4 + 8 ms, twice
  expect(performance.now() - start).toBeGreaterThan(28);
  expect((user + system) / 1000).toBeLessThan(25);
});

test('the end of a pipe of Windows is an end', () => {
  expect(drain(stdinChunks(pipe(['a', failure('EOF')]), noTerminal)).bytes.toString()).toBe('a');
});

test("every other failure is the system's error", () => {
  expect(() => stdinChunks(pipe([failure('EISDIR')]), noTerminal).next()).toThrow('EISDIR');
});

test('a terminal is refused with a sentence', () => {
  expect(() => stdinChunks(pipe([]), () => true)).toThrow(
    new UnreadableError('stdin is a terminal: pipe a log into it, or name a file'),
  );
});
