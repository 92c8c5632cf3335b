import { crc32 } from 'node:zlib';

/** One event as it was built: where it lies in the file. */
export interface BuiltEvent {
  readonly typeCode: number;
  readonly offset: number;
  readonly size: number;
  readonly end: number;
}

/** What a test may say of an event's header; the rest follows from the log around it. */
export interface Header {
  /** Unix seconds. */
  readonly at?: number;
  readonly serverId?: number;
  readonly flags?: number;
  /** `log_pos` as it is to stand there, instead of the end of the event. */
  readonly logPos?: number;
  /** `log_pos` 0 on an event that its source's log holds all the same (MariaDB 11.4+). */
  readonly unplaced?: boolean;
  /** A checksum that does not fit. */
  readonly badChecksum?: boolean;
}

export interface Format extends Header {
  readonly version?: string;
  /** `unaware`: a server before checksums, whose format description has no algorithm byte. */
  readonly checksum?: 'crc32' | 'none' | 'unaware';
  readonly created?: number;
  /** Event types that it announces. */
  readonly types?: number;
  readonly headerLength?: number;
  /** Post-header of Table_map: 6 before MySQL 5.1.4. */
  readonly tableMapPostHeader?: number;
}

export interface Statement extends Header {
  readonly db?: string;
  readonly thread?: number;
  readonly exec?: number;
  /** Status variables as they are to stand there. */
  readonly vars?: Uint8Array;
}

export interface Rows extends Header {
  readonly kind?: 'write' | 'update' | 'delete';
  readonly version?: 1 | 2;
  /** The last rows of the statement? */
  readonly last?: boolean;
}

export interface CommitStamps extends Header {
  /** µs; a server before 8.0.1 writes none. */
  readonly immediate?: number;
  readonly original?: number;
  /** MySQL 5.6: the event ends after the number. */
  readonly short?: boolean;
  readonly lastCommitted?: number;
}

export const UUID = '3e11fa47-71ca-11e1-9e33-c80aa9429562';
export const MAGIC = Buffer.from('fe62696e', 'hex');
export const HEADER_BYTES = 19;

const u8 = (value: number): Buffer => Buffer.from([value]);
const u16 = (value: number): Buffer => {
  const out = Buffer.alloc(2);
  out.writeUInt16LE(value);
  return out;
};
const u32 = (value: number): Buffer => {
  const out = Buffer.alloc(4);
  out.writeUInt32LE(value);
  return out;
};
const u48 = (value: number): Buffer => {
  const out = Buffer.alloc(6);
  out.writeUIntLE(value, 0, 6);
  return out;
};
const u64 = (value: number | bigint): Buffer => {
  const out = Buffer.alloc(8);
  out.writeBigUInt64LE(BigInt(value));
  return out;
};
const u56 = (value: number | bigint): Buffer => u64(value).subarray(0, 7);
const uuidBytes = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex');

/** Post-header lengths by `type - 1`, as MySQL 9.7 and MariaDB write them. */
const POST_HEADER_LENGTHS = [
  0, 13, 0, 8, 0, 0, 0, 0, 4, 0, 4, 0, 0, 0, 99, 0, 4, 26, 8, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 10, 10,
  10, 42, 42, 0, 18, 52, 0, 10, 40, 0, 0,
];

/** `log` with the bytes at `offset` replaced. */
export const patched = (log: Uint8Array, offset: number, ...values: readonly number[]): Buffer => {
  const out = Buffer.from(log);
  out.set(values, offset);
  return out;
};

/** `log` whose event at `offset` says that it has `size` bytes; its checksum is left as it was. */
export const lyingSize = (log: Uint8Array, offset: number, size: number): Buffer =>
  patched(log, offset + 9, ...u32(size));

/** Bytes of a test that mean nothing, the same in each run. */
export const noise = (length: number, seed = 1): Buffer => {
  const out = Buffer.alloc(length);
  let x = seed;
  for (let i = 0; i < length; i += 1) {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
    out[i] = x >>> 24;
  }
  return out;
};

/**
 * Builds a binary or relay log, one call an event: a test reads like the listing of a log. Positions,
 * sizes and checksums follow from what stands before, unless the test says otherwise.
 */
export class LogBuilder {
  readonly events: BuiltEvent[] = [];
  #parts: Buffer[];
  #length: number;
  #serverId: number;
  #at: number;
  #checksum = false;
  /** Where the source's log stands; null while positions are those of this file. */
  #source: number | null = null;

  constructor({
    serverId = 1,
    at = 1_700_000_001,
    magic = MAGIC,
  }: { serverId?: number; at?: number; magic?: Uint8Array } = {}) {
    this.#serverId = serverId;
    this.#at = at;
    this.#parts = [Buffer.from(magic)];
    this.#length = magic.length;
  }

  /** Bytes so far: where the next event will begin. */
  get length(): number {
    return this.#length;
  }

  bytes(): Buffer {
    return Buffer.concat(this.#parts);
  }

  /** The event with this number, from 0; from the end when negative. */
  event(index: number): BuiltEvent {
    const event = this.events.at(index);
    if (!event) throw new RangeError(`the log has ${this.events.length} events`);
    return event;
  }

  /** From here on this server writes. */
  from(serverId: number): this {
    this.#serverId = serverId;
    return this;
  }

  /** From here on this is the time, in Unix seconds. */
  at(timestamp: number): this {
    this.#at = timestamp;
    return this;
  }

  /** From here on `log_pos` counts a source's log, which stands at this position. */
  sourceAt(position: number): this {
    this.#source = position;
    return this;
  }

  /** From here on `log_pos` counts this file. */
  ownPositions(): this {
    this.#source = null;
    return this;
  }

  /** Bytes that are no event. */
  raw(bytes: Uint8Array): this {
    this.#parts.push(Buffer.from(bytes));
    this.#length += bytes.length;
    return this;
  }

  /** Any event: header, body, and a checksum where the log has them. */
  put(typeCode: number, body: Uint8Array, header: Header = {}): this {
    return this.#write(typeCode, body, header, this.#checksum);
  }

  format(format: Format = {}): this {
    const { version = '5.7.44-log', checksum = 'crc32', created = 0 } = format;
    const mariadb = version.includes('MariaDB');
    const {
      types = mariadb ? 171 : 38,
      headerLength = HEADER_BYTES,
      tableMapPostHeader = 8,
    } = format;
    const lengths = Buffer.alloc(types);
    lengths.set(POST_HEADER_LENGTHS.slice(0, types));
    if (types > 18) lengths[18] = tableMapPostHeader;
    const body = [u16(4), Buffer.alloc(50), u32(created), u8(headerLength), lengths];
    body[1]?.write(version);
    if (checksum !== 'unaware') body.push(u8(checksum === 'crc32' ? 1 : 0));
    this.#checksum = checksum === 'crc32';
    return this.#write(15, Buffer.concat(body), format, checksum !== 'unaware');
  }

  rotate(nextLog: string, position = 4, header: Header = {}): this {
    return this.put(4, Buffer.concat([u64(position), Buffer.from(nextLog)]), header);
  }

  /** What a source sends first: the place that the replica asked for. */
  fakeRotate(log: string, position: number, header: Header = {}): this {
    return this.rotate(log, position, { at: 0, flags: 0x20, logPos: 0, ...header });
  }

  stop(header: Header = {}): this {
    return this.put(3, Buffer.alloc(0), header);
  }

  query(
    sql: string,
    { db = 'shop', thread = 7, exec = 0, vars = Buffer.alloc(0), ...header }: Statement = {},
  ): this {
    const body = [u32(thread), u32(exec), u8(db.length), u16(0), u16(vars.length), vars];
    return this.put(2, Buffer.concat([...body, Buffer.from(`${db}\0${sql}`)]), header);
  }

  begin(statement: Statement = {}): this {
    return this.query('BEGIN', { flags: 0x8, ...statement });
  }

  commit(statement: Statement = {}): this {
    return this.query('COMMIT', statement);
  }

  xid(xid: number, header: Header = {}): this {
    return this.put(16, u64(xid), header);
  }

  xaPrepare(header: Header = {}): this {
    const body = [u8(0), u32(1), u32(2), u32(0), Buffer.from('x1')];
    return this.put(38, Buffer.concat(body), header);
  }

  intvar(value: number, header: Header = {}): this {
    return this.put(5, Buffer.concat([u8(2), u64(value)]), header);
  }

  /** Gtid: the number of a transaction of {@link UUID}. */
  gtid(gno: number, stamps: CommitStamps = {}): this {
    return this.put(33, this.#gtidBody(UUID, gno, stamps), stamps);
  }

  anonymousGtid(stamps: CommitStamps = {}): this {
    return this.put(34, this.#gtidBody('00000000-0000-0000-0000-000000000000', 0, stamps), stamps);
  }

  previousGtids(header: Header = {}): this {
    const body = [u64(1), uuidBytes(UUID), u64(1), u64(1), u64(10)];
    return this.put(35, Buffer.concat(body), header);
  }

  mariadbGtid(
    sequence: number,
    {
      domain = 0,
      standalone = false,
      ...header
    }: Header & { domain?: number; standalone?: boolean } = {},
  ): this {
    const body = Buffer.alloc(19);
    body.set(u64(sequence));
    body.writeUInt32LE(domain, 8);
    body.writeUInt8(standalone ? 0x01 : 0x0c, 12);
    return this.put(162, body, header);
  }

  mariadbGtidList(header: Header = {}): this {
    const body = [u32(1), u32(0), u32(this.#serverId), u64(1)];
    return this.put(163, Buffer.concat(body), header);
  }

  binlogCheckpoint(log: string, header: Header = {}): this {
    return this.put(161, Buffer.concat([u32(log.length), Buffer.from(log)]), header);
  }

  /** A table of one INT column. */
  tableMap(name: string, tableId = 108, header: Header = {}): this {
    const [db = '', table = ''] = name.split('.');
    const names = [
      u8(db.length),
      Buffer.from(`${db}\0`),
      u8(table.length),
      Buffer.from(`${table}\0`),
    ];
    const columns = [u8(1), u8(3), u8(0), u8(1)];
    return this.put(19, Buffer.concat([u48(tableId), u16(1), ...names, ...columns]), header);
  }

  rows(
    tableId = 108,
    values: readonly number[] | Uint8Array = [1],
    { kind = 'write', version = 2, last = true, ...header }: Rows = {},
  ): this {
    const code = { write: 0, update: 1, delete: 2 }[kind] + (version === 2 ? 30 : 23);
    const head = [
      u48(tableId),
      u16(last ? 1 : 0),
      version === 2 ? u16(2) : Buffer.alloc(0),
      u8(1),
      u8(0xff),
    ];
    if (kind === 'update') head.push(u8(0xff));
    const rows =
      values instanceof Uint8Array ? [values] : values.flatMap((value) => [u8(0xfe), u32(value)]);
    return this.put(code, Buffer.concat([...head, ...rows]), header);
  }

  /** A compressed transaction, as its outside shows it. */
  transactionPayload(payload: Uint8Array, header: Header = {}): this {
    const tlvs = Buffer.from([2, 1, 0, 3, 3, 0xfc, 0, 1, 1, 3, 0xfc, 0, 0, 0]);
    tlvs.writeUInt16LE(payload.length, 11);
    return this.put(40, Buffer.concat([tlvs, payload]), header);
  }

  incident(header: Header = {}): this {
    return this.put(26, Buffer.concat([u16(1), u8(4), Buffer.from('lost')]), header);
  }

  #gtidBody(uuid: string, gno: number, stamps: CommitStamps): Buffer {
    const { immediate, original = immediate, short = false, lastCommitted = 0 } = stamps;
    const body = [u8(1), uuidBytes(uuid), u64(gno)];
    if (short) return Buffer.concat(body);
    body.push(u8(2), u64(lastCommitted), u64(lastCommitted + 1));
    if (immediate === undefined || original === undefined) return Buffer.concat(body);
    const differs = original !== immediate;
    body.push(u56(BigInt(immediate) | (differs ? 1n << 55n : 0n)));
    if (differs) body.push(u56(original));
    return Buffer.concat([...body, u8(200), u32(80_036)]);
  }

  #write(typeCode: number, body: Uint8Array, header: Header, checksummed: boolean): this {
    const size = HEADER_BYTES + body.length + (checksummed ? 4 : 0);
    const offset = this.#length;
    const end = offset + size;
    const { at = this.#at, serverId = this.#serverId, flags = 0, unplaced = false } = header;
    let logPos = header.logPos ?? end;
    if (this.#source !== null) {
      logPos = header.logPos ?? this.#source + size;
      if (logPos > 0) this.#source = logPos;
    }
    const head = [
      u32(at),
      u8(typeCode),
      u32(serverId),
      u32(size),
      u32(unplaced ? 0 : logPos % 2 ** 32),
      u16(flags),
    ];
    const event = Buffer.concat([...head, body]);
    this.raw(event);
    if (checksummed) {
      // The flag "in use" is set and cleared in place: it does not count
      const summed = typeCode === 15 ? patched(event, 17, flags & 0xfe) : event;
      const sum = crc32(summed);
      this.raw(u32(header.badChecksum ? (sum ^ 1) >>> 0 : sum));
    }
    this.events.push({ typeCode, offset, size, end });
    return this;
  }
}

/** A log that begins with its magic and nothing else. */
export const log = (options?: ConstructorParameters<typeof LogBuilder>[0]): LogBuilder =>
  new LogBuilder(options);
