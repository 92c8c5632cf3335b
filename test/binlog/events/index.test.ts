import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isKnownType } from '../../../src/binlog/event-type.ts';
import { definitionOf, eventDefinitions } from '../../../src/binlog/events/index.ts';
import { decode, problemOf } from './event-bytes.ts';

const CODES = eventDefinitions.flatMap(({ codes }) => [...codes]);

test('each code has one definition, and its name in the table of types', () => {
  expect(new Set(CODES).size).toBe(CODES.length);
  expect(CODES.filter((code) => !isKnownType(code))).toEqual([]);
  expect(new Set(eventDefinitions.map(({ name }) => name)).size).toBe(eventDefinitions.length);
});

test('a code without a definition decodes to nothing', () => {
  expect(definitionOf(93)).toBeNull();
  expect(decode(93, Buffer.from('anything'))).toBeNull();
});

test('any bytes decode or are malformed, as any type under any post-header length', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        { weight: 9, arbitrary: fc.constantFrom(...CODES) },
        { arbitrary: fc.nat(255), weight: 1 },
      ),
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom(0, 4, 6, 8, 10, 11, 13, 18, 26, 42, 52, 255),
      (code, bytes, postHeaderLength) => {
        expect(typeof problemOf(code, Buffer.from(bytes), { postHeaderLength })).toBe('string');
      },
    ),
    { numRuns: 6000 },
  );
});
