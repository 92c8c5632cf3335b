import type { FieldReader } from '../../bytes/field-reader.ts';
import { defineEvent } from '../define-event.ts';
import { uuidText } from './uuid-text.ts';
import { readSignedVarlen, readVarlen, readVarlenLength } from './varlen.ts';

/** Field numbers. Source: MySQL `Gtid_event::define_fields`. */
const FIELD = {
  FLAGS: 0,
  UUID: 1,
  GNO: 2,
  TAG: 3,
  LAST_COMMITTED: 4,
  SEQUENCE_NUMBER: 5,
  IMMEDIATE_COMMIT_TIMESTAMP: 6,
  ORIGINAL_COMMIT_TIMESTAMP: 7,
  TRANSACTION_LENGTH: 8,
  IMMEDIATE_SERVER_VERSION: 9,
  ORIGINAL_SERVER_VERSION: 10,
  COMMIT_GROUP_TICKET: 11,
} as const;

/** The server's names, by field number. */
const NAMES = [
  'gtid_flags',
  'uuid',
  'gno',
  'tag',
  'last_committed',
  'sequence_number',
  'immediate_commit_timestamp',
  'original_commit_timestamp',
  'transaction_length',
  'immediate_server_version',
  'original_server_version',
  'commit_group_ticket',
] as const;

/** Sixteen numbers of one or two bytes each, not sixteen bytes. */
const readUuid = (f: FieldReader): string => {
  const bytes = new Uint8Array(16);
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = readVarlen(f, 'uuid');
    if (byte > 255n) throw f.malformed('uuid', `${byte} is no byte`);
    bytes[i] = Number(byte);
  }
  return uuidText(bytes);
};

/** Fields by number, as far as they are known; the first unknown one ends the reading. */
const readFields = (f: FieldReader, end: number) => {
  const numbers = new Map<number, bigint>();
  let uuid: string | null = null;
  let tag = '';
  while (f.remaining > end) {
    const id = Number(readVarlen(f, 'field_id'));
    const name = NAMES[id];
    if (name === undefined) break;
    if (id === FIELD.UUID) uuid = readUuid(f);
    else if (id === FIELD.TAG) tag = f.text('tag', readVarlenLength(f, 'tag_len'));
    else if (id === FIELD.GNO || id === FIELD.LAST_COMMITTED || id === FIELD.SEQUENCE_NUMBER) {
      numbers.set(id, readSignedVarlen(f, name));
    } else numbers.set(id, readVarlen(f, name));
  }
  if (f.remaining < end) throw f.malformed('message', `runs ${end - f.remaining} bytes too far`);
  return { numbers, uuid, tag };
};

const version = (n: bigint | undefined): number | null => (n === undefined ? null : Number(n));

/**
 * The identity of the transaction that follows, where it has a tag: MySQL 8.3+. Fields mean what
 * they mean in `gtid`; original time and version are the immediate ones where they are not written.
 */
export const gtidTagged = defineEvent({
  name: 'gtid-tagged',
  codes: [42],
  source:
    'MySQL libs/mysql/binlog/event/control_events.h Gtid_event::define_fields; libs/mysql/serialization/readme.md',
  read: (f) => {
    const start = f.remaining;
    readVarlen(f, 'serialization_version');
    const size = readVarlen(f, 'message_size');
    if (size > BigInt(start) || Number(size) < start - f.remaining) {
      throw f.malformed('message_size', `says ${size} bytes, the event has ${start}`);
    }
    readVarlen(f, 'last_non_ignorable_field_id');
    const { numbers, uuid, tag } = readFields(f, start - Number(size));
    const gno = numbers.get(FIELD.GNO);
    if (uuid === null || gno === undefined) {
      throw f.malformed(uuid === null ? 'uuid' : 'gno', 'is not in the message');
    }
    const immediateTime = numbers.get(FIELD.IMMEDIATE_COMMIT_TIMESTAMP) ?? null;
    const immediateVersion = version(numbers.get(FIELD.IMMEDIATE_SERVER_VERSION));
    const flags = Number((numbers.get(FIELD.FLAGS) ?? 0n) & 0xffff_ffffn);
    return {
      /** The lowest 32 bits: one is in use. */
      flags,
      anonymous: false,
      mayHaveStatements: (flags & 1) !== 0,
      uuid,
      tag,
      gno,
      lastCommitted: numbers.get(FIELD.LAST_COMMITTED) ?? null,
      sequenceNumber: numbers.get(FIELD.SEQUENCE_NUMBER) ?? null,
      immediateCommitTimestamp: immediateTime,
      originalCommitTimestamp: numbers.get(FIELD.ORIGINAL_COMMIT_TIMESTAMP) ?? immediateTime,
      transactionLength: numbers.get(FIELD.TRANSACTION_LENGTH) ?? null,
      immediateServerVersion: immediateVersion,
      originalServerVersion:
        version(numbers.get(FIELD.ORIGINAL_SERVER_VERSION)) ?? immediateVersion,
      commitGroupTicket: numbers.get(FIELD.COMMIT_GROUP_TICKET) ?? null,
    };
  },
});
