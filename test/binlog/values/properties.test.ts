import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readJson } from '../../../src/binlog/values/json-binary.ts';
import { jsonText } from '../../../src/binlog/values/json-text.ts';
import { jsonRowOf } from '../../../src/binlog/values/json-value.ts';
import { type RowChange, readRows } from '../../../src/binlog/values/row-image.ts';
import { rowsText } from '../../../src/binlog/values/sql-text.ts';
import { tableColumns } from '../../../src/binlog/values/table-columns.ts';
import { wktOf } from '../../../src/binlog/values/wkt.ts';
import { MalformedError } from '../../../src/bytes/malformed-error.ts';
import { decode } from '../events/event-bytes.ts';
import { FILE, tableMapOf } from './read-value.ts';

/** What `read` gives, or undefined when the bytes are malformed: nothing else may leave it. */
const tried = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    expect(error.offset).toBeGreaterThanOrEqual(0);
    expect(error.file).toBe(FILE);
    return undefined;
  }
};

const bytes = (maxLength: number) =>
  fc.uint8Array({ maxLength }).map((array) => Buffer.from(array));

const KNOWN_TYPES = [
  0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 140, 141, 242, 245, 246,
  247, 248, 249, 252, 253, 254, 255,
];

const types = fc
  .array(fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...KNOWN_TYPES) }, fc.nat(255)), {
    minLength: 1,
    maxLength: 12,
  })
  .map((codes) => Buffer.from(codes));

/** Metadata as servers write it, and some that they do not. */
const metadataOf = (codes: Buffer, noise: Buffer): Buffer =>
  Buffer.concat(
    [...codes].map((code, i) => {
      const any = noise[i] ?? 0;
      if ([4, 140, 242, 245, 249, 250, 251, 252, 255].includes(code))
        return Buffer.from([(any % 4) + 1]);
      if (code === 5) return Buffer.from([8]);
      if ([17, 18, 19].includes(code)) return Buffer.from([any % 7]);
      if ([15, 141, 253].includes(code)) return Buffer.from([any, any % 2]);
      if (code === 16) return Buffer.from([any % 8, any % 8]);
      if (code === 246) return Buffer.from([(any % 65) + 1, any % 31]);
      if (code === 254)
        return Buffer.from([[0xfe, 0xf7, 0xf8, 0xce][any % 4] ?? 0xfe, (any % 8) + 1]);
      if (code === 247 || code === 248) return Buffer.from([code, (any % 2) + 1]);
      if (code === 20) return Buffer.from([3]);
      return Buffer.alloc(0);
    }),
  );

const flavors = fc.constantFrom('mysql' as const, 'mariadb' as const);
const place = { file: FILE, bodyEnd: 100_000 };
const ROWS = { numRuns: 1500 };

test('any optional metadata is read or malformed', () => {
  fc.assert(
    fc.property(types, bytes(16), bytes(80), flavors, (codes, noise, optional, flavor) => {
      const event = {
        ...tableMapOf('', ''),
        types: codes,
        metadata: metadataOf(codes, noise),
        optional,
      };
      const table = tried(() => tableColumns(event, flavor, place));
      if (table) expect(table.columns.length).toBe(codes.length);
    }),
    ROWS,
  );
});

test('any metadata is read or malformed', () => {
  fc.assert(
    fc.property(types, bytes(24), (codes, metadata) => {
      const event = { ...tableMapOf('', ''), types: codes, metadata };
      tried(() => tableColumns(event, 'mysql', place));
    }),
    ROWS,
  );
});

test('any bytes are rows with a text and a form for JSON, or malformed', () => {
  let rows = 0;
  fc.assert(
    fc.property(
      types,
      bytes(16),
      bytes(200),
      fc.constantFrom(23, 25, 30, 31, 32, 39, 24, 20, 166),
      flavors,
      (codes, noise, body, typeCode, flavor) => {
        const event = { ...tableMapOf('', ''), types: codes, metadata: metadataOf(codes, noise) };
        const table = tableColumns(event, flavor, place);
        const head = Buffer.from([
          0x6d,
          0,
          0,
          0,
          0,
          0,
          1,
          0,
          ...(typeCode >= 30 && typeCode <= 39 ? [2, 0] : []),
          codes.length,
        ]);
        const images = tried(() => {
          const rowsEvent = decodeRows(typeCode, Buffer.concat([head, body]));
          return rowsEvent && { event: rowsEvent, typeCode, table, place };
        });
        if (!images) return;
        const seen: RowChange[] = [];
        tried(() => {
          for (const change of readRows(images)) seen.push(change);
        });
        // A row takes a byte at least
        expect(seen.length).toBeLessThanOrEqual(body.length + 1);
        rows += seen.length;
        for (const change of seen) {
          for (const image of [change.before, change.after]) {
            if (image) expect(JSON.stringify(jsonRowOf(image, table))).toBeTypeOf('string');
          }
        }
        const options = { flavor, verbosity: 2, names: noise.length % 2 === 0 } as const;
        for (const line of rowsText(images.event.kind, seen, table, options)) {
          expect(line.subarray(0, 4).toString()).toBe('### ');
        }
      },
    ),
    ROWS,
  );
  expect(rows).toBeGreaterThan(100);
});

const decodeRows = (typeCode: number, body: Buffer) => {
  try {
    const event = decode(typeCode, body);
    return event?.type === 'rows' ? event : null;
  } catch (error) {
    // An event that cannot be decoded is another test's business
    if (error instanceof MalformedError) return null;
    throw error;
  }
};

/** Bytes that look like JSON: types of containers and small offsets are frequent in them. */
const jsonLike = fc
  .array(fc.oneof(fc.nat(15), fc.constantFrom(0, 1, 2, 3, 4, 7, 12), fc.nat(255)), {
    maxLength: 300,
  })
  .map((list) => Buffer.from(list));

test('any bytes are a JSON document no larger than themselves, or malformed', () => {
  fc.assert(
    fc.property(jsonLike, (document) => {
      const json = tried(() => readJson(document, { file: FILE, base: 0 }));
      // A byte of a number is at most some digits, a byte of text six characters
      if (json) expect(jsonText(json.root).length).toBeLessThan(40 * (document.length + 1));
    }),
    { numRuns: 5000 },
  );
});

test('arrays whose entries all point at one another end soon', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3000 }), fc.nat(20), (count, target) => {
      const array = Buffer.alloc(5 + 3 * count);
      array.writeUInt8(2, 0);
      array.writeUInt16LE(count, 1);
      array.writeUInt16LE(array.length - 1, 3);
      for (let i = 0; i < count; i += 1) {
        array.writeUInt8(2, 5 + 3 * i);
        array.writeUInt16LE(target, 6 + 3 * i);
      }
      tried(() => readJson(array, { file: FILE, base: 0 }));
    }),
    { numRuns: 200 },
  );
});

test('any bytes are a geometry or none', () => {
  const wkb = fc
    .array(fc.oneof(fc.nat(7), fc.constantFrom(0, 1), fc.nat(255)), { maxLength: 120 })
    .map((list) => Buffer.from(list));
  fc.assert(
    fc.property(wkb, (value) => {
      const text = wktOf(value);
      if (text !== null) expect(text).toMatch(/^[A-Z]+[ (]/);
    }),
    { numRuns: 3000 },
  );
});
