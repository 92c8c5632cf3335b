import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// What a fixture holds, read without the decoder that is under test.

const HEADER = 19;

/** An event as its header says (sql/log_event.h, *_OFFSET), and what follows up to its end or that of the file. */
export interface RawEvent {
  readonly file: string;
  readonly offset: number;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly type: number;
  readonly serverId: number;
  readonly size: number;
  readonly logPos: number;
  readonly flags: number;
  /** With the checksum, where there is one. */
  readonly body: Buffer;
}

export const QUERY = 2;
export const ROTATE = 4;
export const APPEND_BLOCK = 9;
export const FORMAT_DESCRIPTION = 15;
export const XID = 16;
export const BEGIN_LOAD_QUERY = 17;
export const EXECUTE_LOAD_QUERY = 18;
export const TABLE_MAP = 19;
export const HAS_GTID: ReadonlySet<number> = new Set([33, 34, 162]);
export const MARIADB_GTID = 162;

/** LOG_EVENT_BINLOG_IN_USE_F, LOG_EVENT_ARTIFICIAL_F, LOG_EVENT_RELAY_LOG_F. */
export const IN_USE = 0x1;
export const ARTIFICIAL = 0x20;
export const OF_RELAY_LOG = 0x40;

export const eventsIn = (path: string): RawEvent[] => {
  const bytes = readFileSync(path);
  const events: RawEvent[] = [];
  for (let offset = 4; offset + HEADER <= bytes.length; ) {
    const size = bytes.readUInt32LE(offset + 9);
    events.push({
      file: path,
      offset,
      timestamp: bytes.readUInt32LE(offset),
      type: bytes.readUInt8(offset + 4),
      serverId: bytes.readUInt32LE(offset + 5),
      size,
      logPos: bytes.readUInt32LE(offset + 13),
      flags: bytes.readUInt16LE(offset + 17),
      body: bytes.subarray(offset + HEADER, offset + size),
    });
    offset += Math.max(size, HEADER);
  }
  return events;
};

/** Paths of the logs of a host, oldest first; `base` is `relay-bin` or `mysql-bin`. */
export const logsOf = (host: string, base: RegExp): string[] =>
  readdirSync(host)
    .filter((name) => base.test(name) && /\.\d{6}$/.test(name))
    .sort()
    .map((name) => join(host, name));

export const relayLogs = (host: string): string[] => logsOf(host, /relay-bin/);
export const binaryLogs = (host: string): string[] => logsOf(host, /^(?!.*relay-bin).*bin\./);

export const relayEvents = (host: string): RawEvent[] => relayLogs(host).flatMap(eventsIn);
export const binaryEvents = (host: string): RawEvent[] => binaryLogs(host).flatMap(eventsIn);

/** Of a Query: thread at 0, length of the schema at 8, of the status variables at 11. */
export const threadOf = ({ body }: RawEvent): number => body.readUInt32LE(0);

/** The statement, and what may follow it as a checksum. */
export const statementOf = ({ body }: RawEvent): string =>
  body.toString('latin1', 13 + body.readUInt16LE(11) + body.readUInt8(8) + 1);

export const queriesIn = (events: readonly RawEvent[], words: RegExp): RawEvent[] =>
  events.filter((event) => event.type === QUERY && words.test(statementOf(event)));

/** The largest number of elements that agree in `of`. */
export const mostAlike = <T>(all: readonly T[], of: (one: T) => string | number): number => {
  const counts = new Map<string | number, number>();
  for (const one of all) counts.set(of(one), (counts.get(of(one)) ?? 0) + 1);
  return Math.max(0, ...counts.values());
};

/** Algorithm of the checksums that a format description announces: the byte before its own checksum. */
export const checksumOf = ({ body }: RawEvent): number => body.readUInt8(body.length - 5);

/** Where a Rotate points to. */
export const targetOf = ({ body }: RawEvent): number => Number(body.readBigUInt64LE(0));
