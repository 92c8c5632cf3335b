import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromBytes } from '../../src/bytes/byte-source.ts';
import { MalformedError } from '../../src/bytes/malformed-error.ts';
import { formats, type ListingFormatName } from '../../src/listing/formats/index.ts';
import { EventLister } from '../../src/listing/list-events.ts';
import { readListed } from '../../src/listing/read-listed.ts';
import { type Mutation, mutate, mutations } from '../support/mutation.ts';
import { everything } from './everything.ts';
import { oldLog } from './old-log.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Of both vendors, with checksums and without, compressed, with transactions in payloads, relayed. */
const LOGS = [
  'test/oracle/logs/row-types-mysql-9.7/mysql-bin.000002',
  'test/oracle/logs/row-types-mysql-9.7/mysql-bin.000004',
  'test/oracle/logs/compressed-mysql-9.7/mysql-bin.000002',
  'test/oracle/logs/gtids-mysql-9.7/binlog.000002',
  'test/oracle/logs/compressed-mariadb-11.8/mysql-bin.000001',
  'test/oracle/logs/encrypted-mariadb-11.8/mysql-bin.000001',
  'test/oracle/logs/relayed-mariadb-11.8/pid-relay-bin-east.000002',
  'samples/encrypted-mysql-9.7/files/ha/mysql-bin.000002',
  'samples/healthy-pair-mysql-5.6/files/db-src/mysql-bin.000003',
  'samples/multi-source-mariadb/files/db-rep/db-rep-relay-bin-s1.000002',
];

const RUNS = 20;
/** A log of some KiB that takes longer hangs. */
const LONGEST_MILLISECONDS = 5000;

interface Range {
  readonly offset: number;
  readonly length: number;
}

/** What was read of a log, and what was told to be lost, as ranges of its bytes. */
const ranges = (bytes: Buffer): readonly Range[] => {
  const found: Range[] = [];
  const log = { path: 'log', name: 'log', source: fromBytes(bytes) };
  try {
    for (const { event, innerOffset } of readListed(log, true, (damage) => found.push(damage))) {
      if (innerOffset === null) found.push({ offset: event.offset, length: event.size });
    }
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    found.push({ offset: error.offset, length: bytes.length - error.offset });
  }
  return found;
};

/** The first byte behind the magic number that is neither in an event nor told to be lost; null for none. */
const firstUntold = (bytes: Buffer): number | null => {
  let told = 4;
  for (const { offset, length } of ranges(bytes).toSorted((a, b) => a.offset - b.offset)) {
    expect(offset).toBeGreaterThanOrEqual(0);
    expect(offset + length).toBeLessThanOrEqual(bytes.length);
    if (offset > told) return told;
    told = Math.max(told, offset + length);
  }
  return told < bytes.length ? told : null;
};

const list = (format: ListingFormatName, bytes: Buffer) => {
  const problems: string[] = [];
  const lister = new EventLister({ ...everything, format }, (problem) => problems.push(problem));
  const text = [...lister.list({ path: 'log', name: 'log', source: fromBytes(bytes) })].join('');
  return { text, problems };
};

const check = (bytes: Buffer): void => {
  const start = performance.now();
  expect(firstUntold(bytes)).toBeNull();
  for (const format of Object.keys(formats) as ListingFormatName[]) {
    const { text, problems } = list(format, bytes);
    expect(text === '' || text.endsWith('\n')).toBe(true);
    for (const problem of problems) {
      const at = /^log: at (\d+): /.exec(problem)?.[1];
      expect(Number(at), problem).toBeLessThanOrEqual(bytes.length);
    }
    if (format !== 'ndjson') continue;
    for (const line of text.split('\n').slice(0, -1)) JSON.parse(line);
  }
  expect(performance.now() - start).toBeLessThan(LONGEST_MILLISECONDS);
};

const wholeLogs = [
  ...LOGS.map((name) => ({ name, whole: readFileSync(join(ROOT, name)) })),
  { name: 'a log of MySQL 4.1', whole: oldLog },
];

describe('whatever happens to a log, all of it is listed or told to be lost', () => {
  test.each(wholeLogs)('$name', ({ whole }) => {
    check(whole);
    const holds = (mutation: Mutation): void => check(mutate(whole, mutation));
    fc.assert(fc.property(mutations, holds), { seed: 20_261_120, numRuns: RUNS });
  });
});

/** Offset and type of the events that stand in the file itself. */
const walk = (bytes: Buffer): readonly (readonly [offset: number, type: string])[] => {
  const log = { path: 'log', name: 'log', source: fromBytes(bytes) };
  return [...readListed(log, false, () => undefined)]
    .filter(({ innerOffset }) => innerOffset === null)
    .map(({ event }) => [event.offset, event.type] as const);
};

/** Every so many bytes: all of them take long. */
const STEP = 11;

describe('a flipped bit in a log with checksums loses the event around it alone', () => {
  test.each(wholeLogs.filter(({ name }) => /compressed-m|binlog|-s1/.test(name)))(
    '$name',
    ({ whole }) => {
      const events = walk(whole);
      for (let at = events[1]?.[0] ?? 0; at < whole.length; at += STEP) {
        const hit = events.findLast(([offset]) => offset <= at);
        const flipped = Buffer.from(whole);
        flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
        const others = events.filter((event) => event !== hit);
        // A format description is used all the same, as far as it can be
        const left = walk(flipped).filter(
          ([offset, type]) => type !== 'Format_description' || offset !== hit?.[0],
        );
        expect(left, `flipped at ${at}`).toEqual(others);
      }
    },
  );
});
