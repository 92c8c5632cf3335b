import type { FlagTable } from './flag-names.ts';

/**
 * Byte offsets in the event header of formats v3 and v4, little-endian.
 * Source: MySQL libs/mysql/binlog/event/binlog_event.h `*_OFFSET`, `LOG_EVENT_HEADER_LEN`.
 */
export const HEADER = {
  /** u32, seconds since 1970. */
  timestamp: 0,
  /** u8. */
  typeCode: 4,
  /** u32. */
  serverId: 5,
  /** u32: the whole event, header and checksum with it. */
  size: 9,
  /** u32: where the event ends in the log of the server that wrote it, low 32 bits. */
  endLogPos: 13,
  /** u16, bits of {@link FLAG}. */
  flags: 17,
} as const;

export const HEADER_LENGTH = 19;

/**
 * Bits of the header's flags.
 * Source: MySQL sql/log_event.h `LOG_EVENT_*_F`; MariaDB sql/log_event.h for the last two.
 */
export const FLAG = {
  /** On format descriptions only: the log was not closed (yet). */
  IN_USE: 0x1,
  /** Rotate by force, 3.23 and 4.0 only. */
  FORCED_ROTATE: 0x2,
  /** The statement depends on its thread: temporary tables. */
  THREAD_SPECIFIC: 0x4,
  /** No `USE` is needed before the statement. */
  SUPPRESS_USE: 0x8,
  UPDATE_TABLE_MAP_VERSION: 0x10,
  /** Made up by the sender, in no log of the source. */
  ARTIFICIAL: 0x20,
  /** Made by the replica itself for its relay log. */
  RELAY_LOG: 0x40,
  /** A reader that does not know the type may skip the event. */
  IGNORABLE: 0x80,
  NO_FILTER: 0x100,
  /** The parallel applier runs this event alone. */
  MTS_ISOLATE: 0x200,
  /** MariaDB 10.6+: a replica takes this event though it bears its own server id. */
  ACCEPT_OWN: 0x4000,
  /** MariaDB 5.5+: written under `@@skip_replication`. */
  SKIP_REPLICATION: 0x8000,
} as const;

/** The bits of {@link FLAG} as the servers' headers call them, without `LOG_EVENT_`. */
export const HEADER_FLAGS: FlagTable = [
  [FLAG.IN_USE, 'BINLOG_IN_USE_F'],
  [FLAG.FORCED_ROTATE, 'FORCED_ROTATE_F'],
  [FLAG.THREAD_SPECIFIC, 'THREAD_SPECIFIC_F'],
  [FLAG.SUPPRESS_USE, 'SUPPRESS_USE_F'],
  [FLAG.UPDATE_TABLE_MAP_VERSION, 'UPDATE_TABLE_MAP_VERSION_F'],
  [FLAG.ARTIFICIAL, 'ARTIFICIAL_F'],
  [FLAG.RELAY_LOG, 'RELAY_LOG_F'],
  [FLAG.IGNORABLE, 'IGNORABLE_F'],
  [FLAG.NO_FILTER, 'NO_FILTER_F'],
  [FLAG.MTS_ISOLATE, 'MTS_ISOLATE_F'],
  [FLAG.ACCEPT_OWN, 'ACCEPT_OWN_F'],
  [FLAG.SKIP_REPLICATION, 'SKIP_REPLICATION_F'],
];

/** One event's header, copied out. */
export interface EventHeader {
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly typeCode: number;
  readonly serverId: number;
  /** Bytes, header and checksum with them. */
  readonly size: number;
  /** A position in the log of the server that wrote the event; 0 when it has none. */
  readonly endLogPos: number;
  readonly flags: number;
}

/** The header at index `at`; the caller knows that {@link HEADER_LENGTH} bytes are there. */
export const readHeader = (view: DataView, at: number): EventHeader => ({
  timestamp: view.getUint32(at + HEADER.timestamp, true),
  typeCode: view.getUint8(at + HEADER.typeCode),
  serverId: view.getUint32(at + HEADER.serverId, true),
  size: view.getUint32(at + HEADER.size, true),
  endLogPos: view.getUint32(at + HEADER.endLogPos, true),
  flags: view.getUint16(at + HEADER.flags, true),
});
