import type { FieldReader } from '../../bytes/field-reader.ts';
import { defineEvent } from '../define-event.ts';
import { GtidSet } from '../gtid-set.ts';
import { uuidText } from './uuid-text.ts';
import { readVarlen, readVarlenLength } from './varlen.ts';

/** `u64 n`, then n pairs of start and exclusive end, 64 bit each, in ascending order. */
const readIntervals = (f: FieldReader, set: GtidSet, uuid: string, tag: string): void => {
  const count = f.u64('n_intervals');
  if (count > BigInt(f.remaining) / 16n) {
    throw f.malformed('n_intervals', `${count} intervals in ${f.remaining} bytes`);
  }
  let last = 0n;
  for (let i = 0n; i < count; i += 1n) {
    const start = f.i64('interval_start');
    const end = f.i64('interval_end');
    if (start <= last || end <= start) {
      throw f.malformed('interval_end', `${start} to ${end} does not follow ${last}`);
    }
    set.addInterval(uuid, tag, [start, end]);
    last = end;
  }
};

/** Formats 0 and 1: each entry has its uuid in full, and in format 1 its tag. */
const readFlat = (f: FieldReader, set: GtidSet, entries: number, tagged: boolean): void => {
  for (let i = 0; i < entries; i += 1) {
    const uuid = uuidText(f.bytes('uuid', 16));
    const tag = tagged ? f.text('tag', readVarlenLength(f, 'tag_len')) : '';
    readIntervals(f, set, uuid, tag);
  }
};

/** Bounds of intervals as distances; an odd count leaves out the first bound, which is 1. */
const readBoundaries = (f: FieldReader, set: GtidSet, uuid: string, tag: string): void => {
  const count = readVarlenLength(f, 'n_boundaries');
  let bound = 1n;
  let start: bigint | null = count % 2 === 1 ? bound : null;
  for (let i = 0; i < count; i += 1) {
    bound += readVarlen(f, 'boundary_delta') + 1n;
    if (start === null) start = bound;
    else {
      set.addInterval(uuid, tag, [start, bound]);
      start = null;
    }
  }
};

/**
 * Format 2: a dictionary of tags, and uuids only where they change. A tag is written as in format 1
 * ("one byte for the length", says the readme of both: it is a variable-length number all the same).
 * Source: MySQL libs/mysql/gtids/strconv `encode_impl(const Gtid_binary_format &, …)`.
 */
const readPacked = (f: FieldReader, set: GtidSet, entries: number): void => {
  const tagCount = readVarlenLength(f, 'n_tags');
  const tags: string[] = [];
  for (let i = 0; i < tagCount; i += 1) {
    tags.push(f.text('tag', readVarlenLength(f, 'tag_len')));
  }
  let uuid: string | null = null;
  for (let i = 0; i < entries; i += 1) {
    const code = readVarlen(f, 'tsid_code');
    const tag = tags[Number(code >> 1n)];
    if (tag === undefined) throw f.malformed('tsid_code', `tag ${code >> 1n} of ${tagCount}`);
    if (code & 1n) uuid = uuidText(f.bytes('uuid', 16));
    if (uuid === null) throw f.malformed('tsid_code', 'the first entry has no uuid');
    readBoundaries(f, set, uuid, tag);
  }
};

/** Bytes an entry has at least: uuid and interval count, or code and boundary count. */
const SMALLEST_ENTRY = [24, 25, 2] as const;

/**
 * All GTIDs of the logs before this one. In a relay log: of the relay logs before, empty while
 * GTIDs are off. The top byte of the first eight tells the format: 0 without tags, 1 with tags, 2
 * packed (MySQL 9.6+ reads it, none writes it so far).
 */
export const previousGtids = defineEvent({
  name: 'previous-gtids',
  codes: [35],
  source:
    'MySQL libs/mysql/binlog/event/control_events.h Previous_gtids_event; libs/mysql/gtids/readme.md',
  read: (f) => {
    const head = f.bytes('n_sids', 8);
    const format = head.readUInt8(7);
    const entries = format === 0 ? Number(head.readBigUInt64LE(0)) : head.readUIntLE(1, 6);
    const smallest = SMALLEST_ENTRY[format];
    if (smallest === undefined || (format > 0 && head[0] !== format)) {
      throw f.malformed('n_sids', `format ${format} is none we know`);
    }
    if (entries > f.remaining / smallest) {
      throw f.malformed('n_sids', `${entries} entries in ${f.remaining} bytes`);
    }
    const gtids = new GtidSet();
    if (format === 2) readPacked(f, gtids, entries);
    else readFlat(f, gtids, entries, format === 1);
    return { format, gtids };
  },
});
