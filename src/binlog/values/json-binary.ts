import { FieldReader } from '../../bytes/field-reader.ts';
import { MalformedError } from '../../bytes/malformed-error.ts';
import { decodeText } from './decode-text.ts';
import { readJsonOpaque } from './json-opaque.ts';
import type { JsonDocument, JsonNode } from './value.ts';

/** Source: MySQL sql-common/json_binary.cc `JSONB_TYPE_*`. */
const JSON_TYPE = {
  SMALL_OBJECT: 0x00,
  LARGE_OBJECT: 0x01,
  SMALL_ARRAY: 0x02,
  LARGE_ARRAY: 0x03,
  LITERAL: 0x04,
  INT16: 0x05,
  UINT16: 0x06,
  INT32: 0x07,
  UINT32: 0x08,
  INT64: 0x09,
  UINT64: 0x0a,
  DOUBLE: 0x0b,
  STRING: 0x0c,
  OPAQUE: 0x0f,
} as const;

const LITERALS: readonly (null | boolean)[] = [null, true, false];

/** Servers refuse deeper documents. Source: MySQL sql-common/json_error_handler.h, `JSON_DOCUMENT_MAX_DEPTH`. */
const DEEPEST = 100;

const SMALL = 2;
const LARGE = 4;
const TYPE_BYTES = 1;
const KEY_LENGTH_BYTES = 2;
const LENGTH_BITS = 7;
const MOST_LENGTH_BYTES = 5;

/** Values that stand in a container's own entry instead of an offset. */
const isInlined = (type: number, width: number): boolean =>
  type === JSON_TYPE.LITERAL ||
  type === JSON_TYPE.INT16 ||
  type === JSON_TYPE.UINT16 ||
  (width === LARGE && (type === JSON_TYPE.INT32 || type === JSON_TYPE.UINT32));

/**
 * One document. Offsets may point anywhere, so every part that is read is taken from an allowance of
 * as many bytes as the document has: parts of a sound document never overlap, and one that points
 * back into itself runs out.
 */
class JsonReader {
  readonly #bytes: Buffer;
  readonly #where: { readonly file: string; readonly base: number };
  #allowance: number;

  constructor(bytes: Buffer, where: { file: string; base: number }) {
    this.#bytes = bytes;
    this.#where = where;
    this.#allowance = bytes.length;
  }

  /** A value of `type` whose payload begins at `at` and ends before `end`. */
  value(type: number, at: number, end: number, depth: number): JsonNode {
    switch (type) {
      case JSON_TYPE.SMALL_OBJECT:
        return this.#object(at, end, SMALL, depth);
      case JSON_TYPE.LARGE_OBJECT:
        return this.#object(at, end, LARGE, depth);
      case JSON_TYPE.SMALL_ARRAY:
        return this.#array(at, end, SMALL, depth);
      case JSON_TYPE.LARGE_ARRAY:
        return this.#array(at, end, LARGE, depth);
      case JSON_TYPE.LITERAL:
        return this.#literal(this.#take('literal', at, 1, end).readUInt8(0), at);
      case JSON_TYPE.INT16:
        return BigInt(this.#take('int16', at, 2, end).readInt16LE(0));
      case JSON_TYPE.UINT16:
        return BigInt(this.#take('uint16', at, 2, end).readUInt16LE(0));
      case JSON_TYPE.INT32:
        return BigInt(this.#take('int32', at, 4, end).readInt32LE(0));
      case JSON_TYPE.UINT32:
        return BigInt(this.#take('uint32', at, 4, end).readUInt32LE(0));
      case JSON_TYPE.INT64:
        return this.#take('int64', at, 8, end).readBigInt64LE(0);
      case JSON_TYPE.UINT64:
        return this.#take('uint64', at, 8, end).readBigUInt64LE(0);
      case JSON_TYPE.DOUBLE:
        return this.#take('double', at, 8, end).readDoubleLE(0);
      case JSON_TYPE.STRING: {
        const [from, length] = this.#length(at, end);
        return this.#text('string', this.#take('string', from, length, end), from);
      }
      case JSON_TYPE.OPAQUE:
        return this.#opaque(at, end);
      default:
        throw this.malformed('type', `there is no JSON type ${type}`, at);
    }
  }

  malformed(field: string, problem: string, at: number): MalformedError {
    return new MalformedError(this.#where.file, this.#where.base + at, `json ${field}`, problem);
  }

  #object(at: number, parentEnd: number, width: number, depth: number): JsonNode {
    const [count, end] = this.#container(at, parentEnd, width, depth);
    const keyEntry = width + KEY_LENGTH_BYTES;
    const valueEntry = TYPE_BYTES + width;
    const keys = this.#take('keys', at + 2 * width, count * (keyEntry + valueEntry), end);
    const members: (readonly [string, JsonNode])[] = [];
    for (let i = 0; i < count; i += 1) {
      const offset = keys.readUIntLE(i * keyEntry, width);
      const length = keys.readUInt16LE(i * keyEntry + width);
      const key = this.#take('key', at + offset, length, end);
      const entry = at + 2 * width + count * keyEntry + i * valueEntry;
      const value = this.#entry(entry, at, end, width, depth);
      members.push([this.#text('key', key, at + offset), value]);
    }
    return { type: 'object', members };
  }

  #array(at: number, parentEnd: number, width: number, depth: number): JsonNode {
    const [count, end] = this.#container(at, parentEnd, width, depth);
    const valueEntry = TYPE_BYTES + width;
    this.#take('values', at + 2 * width, count * valueEntry, end);
    const items: JsonNode[] = [];
    for (let i = 0; i < count; i += 1) {
      items.push(this.#entry(at + 2 * width + i * valueEntry, at, end, width, depth));
    }
    return items;
  }

  /** Count and end of a container: its own size counts from the count field. */
  #container(
    at: number,
    parentEnd: number,
    width: number,
    depth: number,
  ): readonly [number, number] {
    if (depth > DEEPEST) throw this.malformed('depth', `more than ${DEEPEST} levels`, at);
    const head = this.#take('container', at, 2 * width, parentEnd);
    const size = head.readUIntLE(width, width);
    if (size > parentEnd - at) {
      throw this.malformed('size', `says ${size} bytes, ${parentEnd - at} left`, at + width);
    }
    return [head.readUIntLE(0, width), at + size];
  }

  /** The value of one value entry, which is taken already: inlined, or at an offset from `start`. */
  #entry(at: number, start: number, end: number, width: number, depth: number): JsonNode {
    const type = this.#bytes.readUInt8(at);
    const inlined = at + TYPE_BYTES;
    if (isInlined(type, width)) return this.#inlined(type, inlined);
    const offset = this.#bytes.readUIntLE(inlined, width);
    if (offset >= end - start) {
      throw this.malformed('offset', `${offset} is beyond the ${end - start} bytes`, inlined);
    }
    return this.value(type, start + offset, end, depth + 1);
  }

  #inlined(type: number, at: number): JsonNode {
    if (type === JSON_TYPE.LITERAL) return this.#literal(this.#bytes.readUInt16LE(at), at);
    if (type === JSON_TYPE.INT16) return BigInt(this.#bytes.readInt16LE(at));
    if (type === JSON_TYPE.UINT16) return BigInt(this.#bytes.readUInt16LE(at));
    if (type === JSON_TYPE.INT32) return BigInt(this.#bytes.readInt32LE(at));
    return BigInt(this.#bytes.readUInt32LE(at));
  }

  #literal(code: number, at: number): null | boolean {
    const literal = LITERALS[code];
    if (literal === undefined) throw this.malformed('literal', `there is no literal ${code}`, at);
    return literal;
  }

  /** 7 bits a byte, lowest first, while the top bit is set; where the bytes begin, and how many. */
  #length(at: number, end: number): readonly [from: number, length: number] {
    let length = 0;
    for (let i = 0; i < MOST_LENGTH_BYTES; i += 1) {
      const byte = this.#take('length', at + i, 1, end).readUInt8(0);
      length += (byte & 0x7f) * 2 ** (LENGTH_BITS * i);
      if (byte < 0x80) return [at + i + 1, length];
    }
    throw this.malformed('length', `has more than ${MOST_LENGTH_BYTES} bytes`, at);
  }

  #opaque(at: number, end: number): JsonNode {
    const columnType = this.#take('opaque type', at, 1, end).readUInt8(0);
    const [from, length] = this.#length(at + 1, end);
    const bytes = this.#take('opaque', from, length, end);
    const { file, base } = this.#where;
    return readJsonOpaque(columnType, new FieldReader(bytes, { file, base: base + from }));
  }

  #text(field: string, bytes: Buffer, at: number): string {
    const text = decodeText(bytes, 'utf8mb4');
    if (text === null) throw this.malformed(field, 'is no UTF-8', at);
    return text;
  }

  #take(field: string, at: number, length: number, end: number): Buffer {
    if (length > end - at) {
      throw this.malformed(field, `needs ${length} bytes, ${Math.max(0, end - at)} left`, at);
    }
    this.#allowance -= length;
    if (this.#allowance < 0) throw this.malformed(field, 'parts of the document overlap', at);
    return this.#bytes.subarray(at, at + length);
  }
}

/**
 * A binary JSON document; no bytes at all are a JSON null, as for the servers.
 * Source: MySQL sql-common/json_binary.cc `parse_binary`.
 */
export const readJson = (
  bytes: Buffer,
  where: { readonly file: string; readonly base: number },
): JsonDocument => {
  const type = bytes[0];
  if (type === undefined) return { type: 'json', root: null };
  const reader = new JsonReader(bytes, where);
  return { type: 'json', root: reader.value(type, TYPE_BYTES, bytes.length, 1) };
};
