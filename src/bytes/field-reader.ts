import { MalformedError } from './malformed-error.ts';

/** One field as it was read: what `events --trace` prints beside a hex dump. */
export interface TracedField {
  readonly offset: number;
  readonly length: number;
  readonly name: string;
  readonly value: unknown;
}

/**
 * Named, bounded, little-endian reads over one event body or file header. The name is the server's
 * own field name; it stands in the error when the bytes run out.
 */
export class FieldReader {
  readonly #bytes: Buffer;
  readonly #file: string;
  readonly #base: number;
  readonly #trace: ((field: TracedField) => void) | undefined;
  #at = 0;

  /** `base` is the file offset of `bytes[0]`; errors and traces count from it. */
  constructor(
    bytes: Buffer,
    where: { file: string; base: number },
    trace?: (field: TracedField) => void,
  ) {
    this.#bytes = bytes;
    this.#file = where.file;
    this.#base = where.base;
    this.#trace = trace;
  }

  get remaining(): number {
    return this.#bytes.byteLength - this.#at;
  }

  get offset(): number {
    return this.#base + this.#at;
  }

  get file(): string {
    return this.#file;
  }

  /** A reader of the bytes that were read last, with the offsets that they have in the file. */
  within(bytes: Buffer): FieldReader {
    const where = { file: this.#file, base: this.offset - bytes.length };
    return new FieldReader(bytes, where, this.#trace);
  }

  /** A {@link MalformedError} at the reading position or `offset`, for values that contradict the format. */
  malformed(field: string, problem: string, offset = this.offset): MalformedError {
    return new MalformedError(this.#file, offset, field, problem);
  }

  u8(name: string): number {
    return this.#take(name, 1, (b, at) => b.readUInt8(at));
  }

  i8(name: string): number {
    return this.#take(name, 1, (b, at) => b.readInt8(at));
  }

  u16(name: string): number {
    return this.#take(name, 2, (b, at) => b.readUInt16LE(at));
  }

  i16(name: string): number {
    return this.#take(name, 2, (b, at) => b.readInt16LE(at));
  }

  u24(name: string): number {
    return this.#take(name, 3, (b, at) => b.readUIntLE(at, 3));
  }

  i24(name: string): number {
    return this.#take(name, 3, (b, at) => b.readIntLE(at, 3));
  }

  u32(name: string): number {
    return this.#take(name, 4, (b, at) => b.readUInt32LE(at));
  }

  i32(name: string): number {
    return this.#take(name, 4, (b, at) => b.readInt32LE(at));
  }

  u48(name: string): number {
    return this.#take(name, 6, (b, at) => b.readUIntLE(at, 6));
  }

  /** 7 bytes: commit timestamps. */
  u56(name: string): bigint {
    return this.#take(
      name,
      7,
      (b, at) => (BigInt(b.readUIntLE(at + 4, 3)) << 32n) | BigInt(b.readUInt32LE(at)),
    );
  }

  u64(name: string): bigint {
    return this.#take(name, 8, (b, at) => b.readBigUInt64LE(at));
  }

  i64(name: string): bigint {
    return this.#take(name, 8, (b, at) => b.readBigInt64LE(at));
  }

  f32(name: string): number {
    return this.#take(name, 4, (b, at) => b.readFloatLE(at));
  }

  f64(name: string): number {
    return this.#take(name, 8, (b, at) => b.readDoubleLE(at));
  }

  /** An unsigned number of 1 to 6 bytes, little-endian: lengths whose width the metadata says. */
  uint(name: string, width: number): number {
    return this.#take(name, width, (b, at) => b.readUIntLE(at, width));
  }

  /** An unsigned number of 1 to 6 bytes, big-endian: temporal values and decimals. */
  uintBE(name: string, width: number): number {
    return this.#take(name, width, (b, at) => b.readUIntBE(at, width));
  }

  /** A protocol packed integer (1, 3, 4 or 9 bytes); 251 means NULL on the wire and has no place in a log. */
  lenenc(name: string): bigint {
    const first = this.#bytes[this.#at];
    if (first === undefined) throw this.malformed(name, 'needs 1 byte, 0 left');
    if (first < 251) return BigInt(this.u8(name));
    if (first === 251 || first === 255)
      throw this.malformed(name, `length byte ${first} is no number`);
    const width = first === 252 ? 3 : first === 253 ? 4 : 9;
    return this.#take(name, width, (b, at) => {
      if (width === 3) return BigInt(b.readUInt16LE(at + 1));
      if (width === 4) return BigInt(b.readUIntLE(at + 1, 3));
      return b.readBigUInt64LE(at + 1);
    });
  }

  /** A {@link lenenc} that counts something here: refused when it exceeds the bytes left. */
  lenencLength(name: string): number {
    const start = this.offset;
    const value = this.lenenc(name);
    if (value > BigInt(this.remaining)) {
      const problem = `says ${value} bytes or entries, ${this.remaining} bytes left`;
      throw this.malformed(name, problem, start);
    }
    return Number(value);
  }

  /** A view, not a copy. */
  bytes(name: string, length: number): Buffer {
    return this.#take(name, length, (b, at) => b.subarray(at, at + length));
  }

  /** Text as UTF-8; ill-formed bytes become U+FFFD. */
  text(name: string, length: number): string {
    return this.#take(name, length, (b, at) => b.toString('utf8', at, at + length));
  }

  /** `length` bytes and the NUL that must follow. */
  textNul(name: string, length: number): string {
    const value = this.text(name, length);
    this.skip(`${name} terminator`, 1);
    return value;
  }

  /** Text up to the next NUL, which is passed too; malformed when there is none. */
  textUntilNul(name: string): string {
    const length = this.#bytes.subarray(this.#at).indexOf(0);
    if (length < 0) throw this.malformed(name, `no NUL in the ${this.remaining} bytes left`);
    return this.textNul(name, length);
  }

  skip(name: string, length: number): void {
    this.#take(name, length, () => undefined);
  }

  #take<T>(name: string, length: number, read: (bytes: Buffer, at: number) => T): T {
    if (length < 0 || length > this.remaining) {
      throw this.malformed(name, `needs ${length} bytes, ${this.remaining} left`);
    }
    const at = this.#at;
    const value = read(this.#bytes, at);
    this.#at += length;
    this.#trace?.({ offset: this.#base + at, length, name, value });
    return value;
  }
}
