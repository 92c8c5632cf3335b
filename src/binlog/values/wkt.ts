/** Names by code. Source: OGC 06-103r4, "Well-known binary"; MySQL sql/spatial.h `Geometry::wkbType`. */
const NAMES: Readonly<Record<number, string>> = {
  1: 'POINT',
  2: 'LINESTRING',
  3: 'POLYGON',
  4: 'MULTIPOINT',
  5: 'MULTILINESTRING',
  6: 'MULTIPOLYGON',
  7: 'GEOMETRYCOLLECTION',
};

const POINT = 1;
const LINESTRING = 2;
const POLYGON = 3;
/** The only kind that parts of MULTIPOINT to MULTIPOLYGON may have. */
const PART_OF: Readonly<Record<number, number>> = { 4: POINT, 5: LINESTRING, 6: POLYGON };
const COLLECTION = 7;

const POINT_BYTES = 16;
const HEADER_BYTES = 5;
const COUNT_BYTES = 4;
const DEEPEST = 100;

/** Raised and caught here alone: the bytes are no well-formed WKB. */
class IllFormed extends Error {}

class WkbReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  geometry(depth: number, expected: number | null): string {
    if (depth > DEEPEST) throw new IllFormed();
    this.#need(HEADER_BYTES);
    const order = this.#bytes.readUInt8(this.#at);
    if (order > 1) throw new IllFormed();
    this.#at += 1;
    const little = order === 1;
    const kind = this.#u32(little);
    const name = NAMES[kind];
    if (name === undefined || (expected !== null && kind !== expected)) throw new IllFormed();
    const body = this.#body(kind, little, depth);
    // A part of a MULTI… is written without its name
    return expected === null ? `${name}${body}` : body;
  }

  #body(kind: number, little: boolean, depth: number): string {
    if (kind === POINT) return `(${this.#point(little)})`;
    if (kind === LINESTRING) return this.#points(little);
    if (kind === POLYGON) return this.#list(little, COUNT_BYTES, () => this.#points(little));
    const part = kind === COLLECTION ? null : (PART_OF[kind] ?? null);
    const list = this.#list(little, HEADER_BYTES, () => this.geometry(depth + 1, part));
    return kind === COLLECTION && list === '()' ? ' EMPTY' : list;
  }

  #points(little: boolean): string {
    return this.#list(little, POINT_BYTES, () => this.#point(little));
  }

  #list(little: boolean, least: number, read: () => string): string {
    this.#need(COUNT_BYTES);
    const count = this.#u32(little);
    this.#need(count * least);
    return `(${Array.from({ length: count }, read).join(',')})`;
  }

  #point(little: boolean): string {
    this.#need(POINT_BYTES);
    const at = this.#at;
    this.#at += POINT_BYTES;
    const read = (from: number): number =>
      little ? this.#bytes.readDoubleLE(from) : this.#bytes.readDoubleBE(from);
    return `${read(at)} ${read(at + 8)}`;
  }

  #u32(little: boolean): number {
    const at = this.#at;
    this.#at += 4;
    return little ? this.#bytes.readUInt32LE(at) : this.#bytes.readUInt32BE(at);
  }

  #need(length: number): void {
    if (length > this.#bytes.length - this.#at) throw new IllFormed();
  }
}

/**
 * A geometry as text, `POLYGON((0 0,10 0,10 10,0 0))`, numbers in the shortest form that gives them
 * back; null when the bytes are not exactly one well-formed geometry of two dimensions.
 */
export const wktOf = (wkb: Buffer): string | null => {
  try {
    const reader = new WkbReader(wkb);
    const text = reader.geometry(0, null);
    return reader.isAtEnd ? text : null;
  } catch (error) {
    if (error instanceof IllFormed) return null;
    throw error;
  }
};
