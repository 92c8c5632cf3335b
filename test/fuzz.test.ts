import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { fromBytes } from '../src/bytes/byte-source.ts';
import { WINDOW_BYTES } from '../src/bytes/file-window.ts';
import type { LogFacts } from '../src/facts/facts.ts';
import { gatherLogFacts } from '../src/facts/gather-log-facts.ts';
import type { FoundFile } from '../src/inputs/expand.ts';
import { gatherErrorLogs } from '../src/inputs/gather-error-logs.ts';
import { gatherFacts } from '../src/inputs/gather-facts.ts';
import { SeekableInputs } from '../src/inputs/seekable-inputs.ts';
import { sortInputs } from '../src/inputs/sort-inputs.ts';
import { LogBuilder, log, MAGIC, noise } from './support/build-log.ts';

/** Names in the facts that hold an offset in the file; -1 stands for "nowhere" where the facts say so. */
const OFFSETS = new Set([
  'offset',
  'end',
  'endOffset',
  'firstOffset',
  'lastOffset',
  'lastEnd',
  'resumedAt',
  'wholeUntil',
  'bytes',
]);

const offsetsIn = (value: unknown, name = ''): number[] => {
  if (typeof value === 'number') return OFFSETS.has(name) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((entry) => offsetsIn(entry));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) =>
    key === 'headContinuation' && entry?.offset === -1 ? [] : offsetsIn(entry, key),
  );
};

/** Reads that one file of a few KiB may cost: a walk that does not end runs into it. */
const READS = 5000;

/** What holds of the facts of any bytes at all. */
const check = (bytes: Uint8Array, probes: readonly number[] = []): LogFacts => {
  const source = fromBytes(bytes);
  let reads = 0;
  const counted = {
    ...source,
    read(into: Uint8Array, at: number): number {
      reads += 1;
      if (reads > READS || into.byteLength > 4 * WINDOW_BYTES || at > bytes.length) {
        throw new Error(`read ${reads}: ${into.byteLength} bytes at ${at}`);
      }
      return source.read(into, at);
    },
  };
  const walk = gatherLogFacts({
    path: 'a',
    source: counted,
    identity: null,
    modified: null,
    probes,
    positions: [],
  });
  const slices = Math.ceil(bytes.length / (64 << 20)) + 1;
  let step = walk.next();
  for (let n = 0; !step.done; n += 1) {
    expect(n).toBeLessThan(slices);
    step = walk.next();
  }
  const facts = step.value;
  expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
  for (const offset of offsetsIn({ ...facts, holes: facts.holes.first })) {
    if (!(Number.isInteger(offset) && offset >= 0 && offset <= bytes.length))
      expect.fail(`offset ${offset} of ${bytes.length}`);
  }
  for (const { offset, length } of facts.integrity)
    expect(offset + length).toBeLessThanOrEqual(bytes.length);
  expect(facts.checksumsVerified).toBeLessThanOrEqual(facts.events);
  expect(facts.probes).toHaveLength(new Set(probes).size);
  return facts;
};

const FORMATS = [
  { version: '5.0.96-log', checksum: 'unaware', types: 18, tableMapPostHeader: 6 },
  { version: '5.6.24-log', types: 35 },
  { version: '5.7.44-log', checksum: 'none' },
  { version: '8.0.36', types: 41 },
  { version: '10.11.19-MariaDB-log' },
  { version: '11.8.6-MariaDB-log', checksum: 'none' },
  { version: '5.1.59-google', checksum: 'unaware', types: 27, headerLength: 31 },
] as const;

type Add = (built: LogBuilder, n: number) => LogBuilder;

const EVENTS: readonly Add[] = [
  (built) => built.begin(),
  (built) => built.commit(),
  (built, n) =>
    built.query(`INSERT INTO shop.a VALUES (${n})`, { exec: n % 5, vars: noise(n % 40, n) }),
  (built, n) => built.query('ROLLBACK TO `a`', { thread: n }),
  (built, n) => built.xid(n),
  (built, n) => built.gtid(n % 4),
  (built, n) => built.anonymousGtid({ immediate: 1e15 + n, original: 1e15 + (n % 3) }),
  (built) => built.anonymousGtid({ short: true }),
  (built, n) => built.mariadbGtid(n % 4, { standalone: n % 2 === 0 }),
  (built, n) => built.tableMap('shop.a', n),
  (built, n) => built.rows(n, [n], { last: n % 3 > 0, version: n % 2 === 0 ? 1 : 2 }),
  (built, n) => built.intvar(n),
  (built, n) => built.rotate(`binlog.${String(n).padStart(6, '0')}`, n),
  (built, n) => built.fakeRotate('binlog.000001', n),
  (built, n) => built.format({ ...FORMATS[n % FORMATS.length] }),
  (built) => built.previousGtids(),
  (built) => built.mariadbGtidList().binlogCheckpoint('binlog.000001'),
  (built, n) => built.transactionPayload(noise(n % 100, n)),
  (built) => built.incident(),
  (built) => built.xaPrepare(),
  (built) => built.stop(),
  (built, n) => built.put(n % 256, noise(n % 90, n)),
  (built, n) => built.sourceAt(n * 1000),
];

/** A log of events in any order. */
const anyLog = fc
  .record({
    format: fc.constantFrom(...FORMATS),
    events: fc.array(fc.tuple(fc.constantFrom(...EVENTS), fc.nat(1000)), { maxLength: 25 }),
  })
  .map(({ format, events }) => {
    const built = log().format(format);
    for (const [add, n] of events) add(built, n);
    return built.bytes();
  });

/** Bytes with a small damage: one changed, the end cut off, some put in, some taken out. */
const damaged = (bytes: Uint8Array): fc.Arbitrary<Buffer> => {
  const at = fc.nat(bytes.length);
  return fc.oneof(
    fc.tuple(at, fc.nat(255)).map(([offset, value]) => {
      const out = Buffer.from(bytes);
      if (offset < out.length) out[offset] = value;
      return out;
    }),
    at.map((end) => Buffer.from(bytes.subarray(0, end))),
    fc
      .tuple(at, fc.uint8Array({ minLength: 1, maxLength: 40 }))
      .map(([offset, more]) =>
        Buffer.concat([bytes.subarray(0, offset), more, bytes.subarray(offset)]),
      ),
    fc
      .tuple(at, fc.nat(60))
      .map(([offset, length]) =>
        Buffer.concat([bytes.subarray(0, offset), bytes.subarray(offset + length)]),
      ),
    fc
      .tuple(at, fc.nat(60))
      .map(([offset, length]) =>
        Buffer.from(bytes).fill(0, offset, Math.min(bytes.length, offset + length)),
      ),
  );
};

describe('facts of any bytes are facts', () => {
  test('bytes of no kind', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => void check(bytes)),
      { numRuns: 500 },
    );
  });

  test('bytes behind the magic of a log', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 3000 }),
        (bytes) => void check(Buffer.concat([MAGIC, bytes])),
      ),
      { numRuns: 1000 },
    );
  });

  test('bytes behind a format description', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...FORMATS),
        fc.uint8Array({ maxLength: 3000 }),
        (format, bytes) => {
          check(log().format(format).raw(bytes).bytes());
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('events in any order', () => {
    fc.assert(
      fc.property(anyLog, fc.array(fc.nat(2000), { maxLength: 5 }), (bytes, probes) => {
        check(
          bytes,
          probes.filter((probe) => probe <= bytes.length),
        );
      }),
      { numRuns: 1000 },
    );
  });

  test('events in any order, damaged once or twice', () => {
    const twice = anyLog
      .chain(damaged)
      .chain((bytes) => fc.oneof(fc.constant(bytes), damaged(bytes)));
    fc.assert(
      fc.property(
        twice,
        fc.nat(2000),
        (bytes, probe) => void check(bytes, [Math.min(probe, bytes.length)]),
      ),
      { numRuns: 3000 },
    );
  });

  test('every byte of a log changed in turn', () => {
    const built = log({ serverId: 2 })
      .format({ version: '8.0.36', types: 41 })
      .previousGtids()
      .fakeRotate('binlog.000007', 4, { serverId: 1 });
    const bytes = built
      .from(1)
      .format({ version: '8.0.36', types: 41 })
      .gtid(1, { immediate: 1e15 })
      .begin()
      .tableMap('shop.a')
      .rows()
      .xid(1)
      .bytes();
    for (let at = 0; at < bytes.length; at += 1) {
      for (const value of [0, 0x7f, 0xff, (bytes[at] ?? 0) ^ 1]) {
        const changed = Buffer.from(bytes);
        changed[at] = value;
        check(changed, [built.event(5).offset]);
      }
    }
  });
});

const folder = mkdtempSync(join(tmpdir(), 'fuzz-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Puts the bytes into a file of this name and sorts it: it must fall into exactly one heap. */
const sortBytes = async (name: string, bytes: Uint8Array): Promise<void> => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const { dev, ino, mtime, size } = statSync(path);
  const file: FoundFile = {
    path,
    bytes: size,
    modified: mtime,
    identity: `${dev}:${ino}`,
    origin: 'named',
  };
  const inputs = new SeekableInputs();
  const sorted = await sortInputs([file], inputs);
  const heaps = [
    sorted.logs,
    sorted.metadata,
    sorted.errorLogs,
    sorted.skipped,
    sorted.unrecognised,
    sorted.unreadable,
  ];
  expect(heaps.flat()).toHaveLength(1);
  const gathered = await gatherFacts(sorted, inputs, {});
  const errorLogs = await gatherErrorLogs(sorted, inputs, {});
  inputs.close();
  expect(errorLogs).toMatchObject({ failed: [], interrupted: [] });
  expect(errorLogs.metadata).toHaveLength(sorted.errorLogs.length);
  expect(gathered).toMatchObject({ failed: [], interrupted: [] });
  expect(gathered.facts).toHaveLength(sorted.logs.length);
};

const NAMES = [
  'relay-bin.000002',
  'relay-bin.index',
  'master.info',
  'relay-log.info',
  'relay-log-east.info',
  'multi-master.info',
  'worker-relay-log.info.1',
  'auto.cnf',
  'notes.txt',
];

const STATUS_FILES = [
  '7\n./relay-bin.000002\n283\nmysql-bin.000003\n1000\n0\n0\n1\n',
  '5\n./relay-bin.000002\n283\nmysql-bin.000003\n1000\n0\n7\n0\n',
  '23\nmysql-bin.000003\n1000\n127.0.0.1\nrepl\nsecret\n3306\n60\n0\n\n\n\n\n\n0\n1.500\n\n2 7 8\n3e11fa47-71ca-11e1-9e33-c80aa9429562\n86400\n\n\n0\n',
  '33\nmysql-bin.000003\n1000\n127.0.0.1\nrepl\nsecret\n3306\n60\n0\n\n\n\n\n\n0\n30.000\n\n0\n\n0\n\n\n\n\n\n\n\n\n\n\n\n\n\nusing_gtid=1\ndo_domain_ids=0\nignore_domain_ids=2 3 4\nEND_MARKER\n',
  './relay-bin.000001\n./relay-bin.000002\n',
  'east\nWeird Name/2\n',
  '[mysqld]\nserver_id=2\nlog_bin="mysql-bin" # x\nmax_binlog_size=1G\n!includedir /etc/mysql\n',
  'Variable_name\tValue\nlog_bin\tON\nserver_id\t2\n',
  "2026-11-20 10:42:11 7 [ERROR] Slave I/O: error connecting to master 'r@h:1' - retry-time: 7  retries: 1, Error_code: 2026\n",
  '[auto]\nserver-uuid=3e11fa47-71ca-11e1-9e33-c80aa9429562\n',
  'Hi\n> *** 1. row ***\n>  Slave_IO_Running: Yes\n> Slave_SQL_Running: No\n>     Last_SQL_Error: x\n',
].map((text) => Buffer.from(text));

describe('any file is a log, a status file or neither', () => {
  test('bytes of no kind, under any name', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...NAMES), fc.uint8Array({ maxLength: 600 }), sortBytes),
      { numRuns: 300 },
    );
  });

  test('lines of text, under any name', async () => {
    const line = fc.oneof(
      fc.nat().map(String),
      fc.constantFrom('', './relay-bin.000002', 'mysql-bin.000003', 'END_MARKER', 'using_gtid=1'),
      fc.string(),
    );
    const text = fc.array(line, { maxLength: 40 }).map((lines) => Buffer.from(lines.join('\n')));
    await fc.assert(fc.asyncProperty(fc.constantFrom(...NAMES), text, sortBytes), { numRuns: 500 });
  });

  test('status files and logs, damaged, under any name', async () => {
    const files = fc.oneof(anyLog, fc.constantFrom(...STATUS_FILES));
    await fc.assert(fc.asyncProperty(fc.constantFrom(...NAMES), files.chain(damaged), sortBytes), {
      numRuns: 500,
    });
  });
});

const SAMPLES = join(import.meta.dirname, '../samples');

/** Samples, if there are any, with the files that real servers wrote. */
const samples = (existsSync(SAMPLES) ? readdirSync(SAMPLES) : [])
  .map((name) => ({ name, files: join(SAMPLES, name, 'files') }))
  .filter(({ files }) => existsSync(files));

describe.skipIf(samples.length === 0)('files of real servers, damaged', () => {
  test.each(samples)(
    '$name',
    async ({ files }) => {
      const paths = readdirSync(files, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name));
      for (const path of paths) {
        // What is inflated is long: 72 MB of the one compressed log there is
        const runs = /\.(?:gz|zst)$/.test(path) ? 20 : 100;
        const numRuns = Math.ceil(runs / paths.length);
        const property = fc.asyncProperty(damaged(readFileSync(path)), async (changed) => {
          check(changed);
          await sortBytes(basename(path), changed);
        });
        await fc.assert(property, { numRuns });
      }
    },
    120_000,
  );
});
