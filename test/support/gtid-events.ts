import { GtidSet } from '../../src/binlog/gtid-set.ts';
import type { Header, LogBuilder } from './build-log.ts';

/** Whose transactions, with which tag and number. */
export interface GtidOf {
  readonly uuid: string;
  readonly tag?: string;
  readonly gno: bigint | number;
}

const u64 = (value: bigint | number): Buffer => {
  const out = Buffer.alloc(8);
  out.writeBigUInt64LE(BigInt(value));
  return out;
};

const uuidBytes = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex');

/** A number of at most 9 bytes: trailing one-bits of the first byte count those that follow. */
const varlen = (value: bigint): Buffer => {
  const length = [1, 2, 3, 4, 5, 6, 7, 8].find((n) => value < 1n << BigInt(7 * n));
  if (length === undefined) return Buffer.concat([Buffer.from([0xff]), u64(value)]);
  const extra = length - 1;
  const packed = (value << BigInt(length)) | ((1n << BigInt(extra)) - 1n);
  return u64(packed).subarray(0, length);
};

const signed = (value: bigint): Buffer => varlen(value << 1n);

/** Body of a Gtid_tagged event: fields 0 to 5, as MySQL 8.3 and later number them. */
const taggedBody = ({ uuid, tag = '', gno }: GtidOf): Buffer => {
  const text = Buffer.from(tag);
  const fields = Buffer.concat([
    varlen(0n),
    varlen(0n),
    varlen(1n),
    ...Array.from(uuidBytes(uuid), (byte) => varlen(BigInt(byte))),
    varlen(2n),
    signed(BigInt(gno)),
    varlen(3n),
    varlen(BigInt(text.length)),
    text,
    varlen(4n),
    signed(1n),
    varlen(5n),
    signed(2n),
  ]);
  // Version 1, size of the message, no field that must be known
  let size = fields.length + 3;
  if (varlen(BigInt(size)).length > 1) size += 1;
  return Buffer.concat([varlen(1n), varlen(BigInt(size)), varlen(0n), fields]);
};

/** Logs one transaction of any uuid, tagged or not. */
export const writeGtid = (log: LogBuilder, gtid: GtidOf, header: Header = {}): LogBuilder => {
  if (gtid.tag) log.put(42, taggedBody(gtid), header);
  else {
    const body = [Buffer.from([1]), uuidBytes(gtid.uuid), u64(gtid.gno), Buffer.from([2])];
    log.put(33, Buffer.concat([...body, u64(0), u64(1)]), header);
  }
  return log.begin(header).query(`INSERT INTO orders VALUES (${gtid.gno})`, header).xid(1, header);
};

/** Logs the transactions of a set, in the order of its text. */
export const writeGtids = (log: LogBuilder, set: string, header: Header = {}): LogBuilder => {
  for (const { uuid, tag, intervals } of rangesOf(set)) {
    for (const [start, end] of intervals) {
      for (let gno = start; gno < end; gno += 1n) writeGtid(log, { uuid, tag, gno }, header);
    }
  }
  return log;
};

/** Previous_gtids, in the format without tags where none is there. */
export const previousGtids = (log: LogBuilder, set: string, header: Header = {}): LogBuilder => {
  const ranges = rangesOf(set);
  const tagged = ranges.some(({ tag }) => tag !== '');
  const head = tagged ? Buffer.alloc(8) : u64(ranges.length);
  if (tagged) {
    head.writeUInt8(1, 0);
    head.writeUIntLE(ranges.length, 1, 6);
    head.writeUInt8(1, 7);
  }
  const entries = ranges.flatMap(({ uuid, tag, intervals }) => [
    uuidBytes(uuid),
    ...(tagged ? [varlen(BigInt(tag.length)), Buffer.from(tag)] : []),
    u64(intervals.length),
    ...intervals.flatMap(([start, end]) => [u64(start), u64(end)]),
  ]);
  return log.put(35, Buffer.concat([head, ...entries]), header);
};

const rangesOf = (text: string) => {
  const set = GtidSet.parse(text);
  if (set === null) throw new Error(`${text} is no GTID set`);
  return set.ranges();
};
