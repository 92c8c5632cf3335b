/** DATE; 0 in each part of a zero date. */
export interface DateValue {
  readonly type: 'date';
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** TIME, a span of up to 838 hours either way. */
export interface TimeValue {
  readonly type: 'time';
  readonly isNegative: boolean;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
}

/** DATETIME, of no time zone. */
export interface DateTimeValue {
  readonly type: 'datetime';
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
}

/** TIMESTAMP; the zero timestamp is 0 seconds and 0 microseconds. */
export interface TimestampValue {
  readonly type: 'timestamp';
  /** Since 1970, UTC. */
  readonly seconds: number;
  readonly microsecond: number;
}

export type TemporalValue = DateValue | TimeValue | DateTimeValue | TimestampValue;

/** An object of a JSON document; members in the stored order: by length of name, then by bytes. */
export interface JsonObject {
  readonly type: 'object';
  readonly members: readonly (readonly [name: string, value: JsonNode])[];
}

/** A DECIMAL in a JSON document. */
export interface JsonDecimal {
  readonly type: 'decimal';
  readonly digits: string;
}

/** Any other SQL value in a JSON document, as its bytes. */
export interface JsonOpaque {
  readonly type: 'opaque';
  readonly columnType: number;
  readonly bytes: Buffer;
}

/** A part of a JSON document: integers are bigint and doubles number, so that 1 and 1.0 stay two things. */
export type JsonNode =
  | null
  | boolean
  | bigint
  | number
  | string
  | readonly JsonNode[]
  | JsonObject
  | JsonDecimal
  | JsonOpaque
  | TemporalValue;

export interface JsonDocument {
  readonly type: 'json';
  readonly root: JsonNode;
}

/** One step of a partial JSON update. */
export interface JsonDiff {
  readonly operation: 'replace' | 'insert' | 'remove';
  /** `$.a[0]` */
  readonly path: string;
  /** Null for `remove`, which has none; a JSON null is a document. */
  readonly value: JsonDocument | null;
}

/** A JSON column of an after-image as changes to its before-image (`binlog_row_value_options`). */
export interface JsonDiffs {
  readonly type: 'json-diffs';
  readonly diffs: readonly JsonDiff[];
}

/** `srid` is null when the stored value is too short to hold one. */
export interface GeometryValue {
  readonly type: 'geometry';
  readonly srid: number | null;
  /** A view of the event's bytes. */
  readonly wkb: Buffer;
}

export interface VectorValue {
  readonly type: 'vector';
  readonly numbers: Float32Array;
}

/**
 * One value of a column, without loss: number (integers up to 32 bits, FLOAT, DOUBLE, YEAR, the
 * index of an ENUM), bigint (BIGINT, BIT, the bitmap of a SET), string (DECIMAL digits; text whose
 * character set is known), Buffer (binary strings, and text whose character set is not known or
 * whose bytes it has no characters for; a view of the event's bytes). NULL is null. A column that is
 * not in an image is undefined.
 */
export type Value =
  | null
  | number
  | bigint
  | string
  | Buffer
  | TemporalValue
  | JsonDocument
  | JsonDiffs
  | GeometryValue
  | VectorValue;

/**
 * How strings are wanted. `decoded`: text as string where its character set is known, COMPRESSED
 * columns decompressed. `stored`: all of them as the bytes that stand in the log.
 */
export type StringForm = 'decoded' | 'stored';
