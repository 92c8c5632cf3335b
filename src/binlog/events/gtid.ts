import type { FieldReader } from '../../bytes/field-reader.ts';
import { defineEvent } from '../define-event.ts';
import type { FlagTable } from '../flag-names.ts';
import { uuidText } from './uuid-text.ts';

/** Bits of `flags`. Source: MySQL libs/mysql/binlog/event/control_events.h `Gtid_event`. */
export const GTID_FLAGS: FlagTable = [[0x1, 'FLAG_MAY_HAVE_SBR']];

const LOGICAL_TIMESTAMPS = 2;
const ORIGINAL_TIMESTAMP_FOLLOWS = 1n << 55n;
const ORIGINAL_VERSION_FOLLOWS = 0x8000_0000;
const TICKET_BYTES = 8;

/** `u8 2, i64, i64` from 5.7.5 on; events of 5.6 end before. */
const readLogicalTimestamps = (f: FieldReader) => {
  if (f.remaining === 0 || f.u8('logical_timestamp_typecode') !== LOGICAL_TIMESTAMPS) {
    return { lastCommitted: null, sequenceNumber: null, last: true };
  }
  return {
    lastCommitted: f.i64('last_committed'),
    sequenceNumber: f.i64('sequence_number'),
    last: f.remaining === 0,
  };
};

/** From 8.0.1 on. The original time is written only where it differs: on a replica's own log. */
const readCommitTimestamps = (f: FieldReader): readonly [immediate: bigint, original: bigint] => {
  const first = f.u56('immediate_commit_timestamp');
  if (!(first & ORIGINAL_TIMESTAMP_FOLLOWS)) return [first, first];
  return [first & ~ORIGINAL_TIMESTAMP_FOLLOWS, f.u56('original_commit_timestamp')];
};

/** From 8.0.14 on. 90704 is 9.7.4; 999999 is undefined. */
const readServerVersions = (f: FieldReader): readonly [immediate: number, original: number] => {
  const first = f.u32('immediate_server_version');
  if (first < ORIGINAL_VERSION_FOLLOWS) return [first, first];
  return [first - ORIGINAL_VERSION_FOLLOWS, f.u32('original_server_version')];
};

/**
 * The identity of the transaction that follows, or its mark where it has none (anonymous: `gno` 0).
 * Times are in µs since 1970; what the server was too old to write is null. `transactionLength`
 * counts this event and the whole transaction, in bytes.
 */
export const gtid = defineEvent({
  name: 'gtid',
  codes: [33, 34],
  source: 'MySQL libs/mysql/binlog/event/control_events.h Gtid_event',
  read: (f, context) => {
    const flags = f.u8('gtid_flags');
    const uuid = uuidText(f.bytes('uuid', 16));
    const gno = f.i64('gno');
    const { lastCommitted, sequenceNumber, last } = readLogicalTimestamps(f);
    const [immediateCommitTimestamp, originalCommitTimestamp] =
      !last && f.remaining > 0 ? readCommitTimestamps(f) : [null, null];
    const transactionLength = !last && f.remaining > 0 ? f.lenenc('transaction_length') : null;
    const [immediateServerVersion, originalServerVersion] =
      !last && f.remaining > 0 ? readServerVersions(f) : [null, null];
    const commitGroupTicket =
      !last && f.remaining >= TICKET_BYTES ? f.u64('commit_group_ticket') : null;
    return {
      flags,
      anonymous: context.typeCode === 34,
      /** The transaction may hold statements, not rows alone. */
      mayHaveStatements: (flags & 1) !== 0,
      uuid,
      tag: '',
      gno,
      lastCommitted,
      sequenceNumber,
      immediateCommitTimestamp,
      originalCommitTimestamp,
      transactionLength,
      immediateServerVersion,
      originalServerVersion,
      commitGroupTicket,
    };
  },
});
