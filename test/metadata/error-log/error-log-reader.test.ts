import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskSecrets } from '../../../src/binlog/mask-secrets.ts';
import { TEXT_LIMIT } from '../../../src/metadata/error-log/error-log.ts';
import { ErrorLogReader, parseErrorLog } from '../../../src/metadata/error-log/error-log-reader.ts';
import { LINE_LIMIT } from '../../../src/metadata/error-log/line-splitter.ts';
import type { MessageDetails } from '../../../src/metadata/error-log/message-fields.ts';
import { realLines } from '../../support/error-log-lines.ts';
import { textLines } from '../../support/error-log-texts.ts';

const OPTIONS = { mask: (sql: string) => maskSecrets(sql).text, zone: null };

const inChunks = (bytes: Buffer, cuts: readonly number[]) => {
  const reader = new ErrorLogReader(OPTIONS);
  let from = 0;
  for (const cut of [...cuts].map((n) => n % (bytes.length + 1)).sort((a, b) => a - b)) {
    // A copy, overwritten afterwards: nothing may be kept of a chunk
    const chunk = Buffer.from(bytes.subarray(from, cut));
    reader.push(chunk);
    chunk.fill(0x41);
    from = cut;
  }
  reader.push(bytes.subarray(from));
  return reader.finish();
};

const line = fc.oneof(
  fc.constantFrom(...[...realLines, ...textLines].map(([, text]) => Buffer.from(text))),
  fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes)),
  fc.string({ maxLength: 80 }).map((text) => Buffer.from(text)),
  fc.constantFrom('\0\0', '', '\r', 'x'.repeat(LINE_LIMIT + 5)).map((text) => Buffer.from(text)),
);

test('wherever the chunks are cut, the messages are the same, and their offsets are those of their lines', () => {
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 12 }),
      fc.array(fc.nat(), { maxLength: 6 }),
      (lines, cuts) => {
        const bytes = Buffer.concat(lines.flatMap((one) => [one, Buffer.from('\n')]));
        const whole = parseErrorLog(bytes, OPTIONS);
        expect(inChunks(bytes, cuts)).toEqual(whole);
        for (const { offset } of whole.messages) {
          expect(offset).toBeLessThan(bytes.length);
          expect(offset === 0 || bytes[offset - 1] === 0x0a || bytes[offset - 1] === 0).toBe(true);
        }
      },
    ),
    { numRuns: 200 },
  );
});

test('any bytes, a byte a chunk, give no error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (array) => {
      const bytes = Buffer.from(array);
      const everywhere = Array.from({ length: bytes.length }, (_, at) => at);
      expect(inChunks(bytes, everywhere)).toEqual(parseErrorLog(bytes, OPTIONS));
    }),
  );
});

test('a last line without a newline counts', () => {
  expect(
    parseErrorLog(Buffer.from('261120  9:42:11 [Note] Aborting'), OPTIONS).messages,
  ).toHaveLength(1);
});

describe('of a log without end', () => {
  const reconnects = (from: number, to: number): Buffer =>
    Buffer.from(
      Array.from(
        { length: to - from },
        (_, n) =>
          `2026-11-20 10:42:11 7 [Note] Slave I/O thread: Failed reading log event, reconnecting to retry, log 'b.000001' at position ${from + n}\n`,
      ).join(''),
    );

  test('the first 1,000 and the last 20,000 messages are kept, all are counted', () => {
    const reader = new ErrorLogReader(OPTIONS);
    for (let n = 0; n < 30_000; n += 1000) reader.push(reconnects(n, n + 1000));
    const log = reader.finish();
    const positions = log.messages.map(({ details }) => details.sourcePosition);
    expect(log).toMatchObject({ counts: { 'receiver-reconnecting': 30_000 }, leftOut: 9_000 });
    expect(positions).toEqual([
      ...Array.from({ length: 1_000 }, (_, n) => n),
      ...Array.from({ length: 20_000 }, (_, n) => 10_000 + n),
    ]);
  });

  test('connections that clients broke drive no message of replication out', () => {
    const aborted = Buffer.from(
      "2026-11-20 10:42:11 7 [Warning] Aborted connection 1 to db: 'a' user: 'b' host: 'c' (Got an error reading communication packets)\n".repeat(
        3_000,
      ),
    );
    const log = parseErrorLog(
      Buffer.concat([reconnects(0, 2), aborted, reconnects(2, 3)]),
      OPTIONS,
    );
    const kinds = log.messages.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'receiver-reconnecting')).toHaveLength(3);
    expect(kinds.filter((kind) => kind === 'connection-aborted')).toHaveLength(1_100);
    expect(log.leftOut).toBe(1_900);
    expect(log.messages.map(({ offset }) => offset)).toEqual(
      log.messages.map(({ offset }) => offset).toSorted((a, b) => a - b),
    );
  });
});

describe('secrets', () => {
  const secret = 'made-up-secret';
  test.each<readonly [string, MessageDetails]>([
    [
      `261120  9:42:11 [ERROR] Slave SQL: Error 'x' on query. Default database: 'it's'. Query: 'CREATE USER a IDENTIFIED BY '${secret}'', Error_code: 1396\n`,
      { errorNumber: 1396 },
    ],
    [
      `2026-11-20T09:42:11.123456Z 7 [Warning] [MY-010908] [Server] Unsafe statement written to the binary log using statement format since BINLOG_FORMAT = STATEMENT. Statement: SET PASSWORD\nFOR a = '${secret}'\n`,
      {},
    ],
    [
      `${JSON.stringify({ prio: 1, err_code: 10584, subsystem: 'Repl', time: '2026-11-20T09:42:11Z', msg: `Replica SQL for channel '': Error "x" on query. Query: 'CHANGE REPLICATION SOURCE TO SOURCE_PASSWORD = "${secret}"', Error_code: MY-001396` })}\n`,
      { errorNumber: 1396 },
    ],
  ])('are masked in what a message quotes: %s', (text, details) => {
    const [message] = parseErrorLog(Buffer.from(text), OPTIONS).messages;
    expect(JSON.stringify(message)).not.toContain(secret);
    expect(message?.text).toContain('<masked>');
    expect(message?.details).toMatchObject(details);
  });
});

test('a long text is cut, and its code at the end is read all the same', () => {
  const text = `Slave SQL: Error 'x' on query. Default database: 'shop'. Query: 'insert into t values (${'1,'.repeat(2000)}1)', Error_code: 1062`;
  const [message] = parseErrorLog(
    Buffer.from(`261120  9:42:11 [ERROR] ${text}\n`),
    OPTIONS,
  ).messages;
  expect(message).toMatchObject({ details: { database: 'shop', errorNumber: 1062 } });
  expect(message?.text).toBe(`${text.slice(0, TEXT_LIMIT)}…`);
});

describe('no line takes long', () => {
  const LONG = 1 << 20;
  test.each([
    ['blanks', ' '],
    ['quotes', "'"],
    ['words that a pattern begins with', 'Slave SQL for channel '],
    ['digits and commas', '0-1-2,'],
    ['brackets', '[Note] '],
    ['braces', '{"log":"'],
  ])('%s', (_, unit) => {
    const filler = unit.repeat(Math.ceil(LONG / unit.length));
    const heads = [
      '',
      '261120  9:42:11 [ERROR] ',
      '2026-11-20T09:42:11.123456Z 7 [ERROR] [MY-010584] [Repl] ',
      "261120  9:42:11 [ERROR] Slave I/O thread exiting, read up to log 'b', position 4; GTID position ",
      "261120  9:42:11 [ERROR] Slave I/O: Got fatal error 1236 from master when reading data from binary log: 'bogus data in log event; the first event '",
      'Nov 20 09:42:12 db1 mysqld[1]: ',
    ];
    const start = performance.now();
    for (const head of heads) parseErrorLog(Buffer.from(`${head}${filler}\n`.repeat(3)), OPTIONS);
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  test('thousands of short lines that belong to one message', () => {
    const start = performance.now();
    parseErrorLog(
      Buffer.from(`10:42:11 UTC - mysqld got signal 11 ;\n${'x\n'.repeat(500_000)}`),
      OPTIONS,
    );
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});
