import type { FieldReader } from '../../bytes/field-reader.ts';
import { defineEvent } from '../define-event.ts';

const LENGTH_BYTES = 2;

const readItems = (f: FieldReader, name: string, count: number): readonly Buffer[] => {
  if (count > f.remaining / LENGTH_BYTES) {
    throw f.malformed(name, `${count} items in ${f.remaining} bytes`);
  }
  return Array.from({ length: count }, () => f.bytes(name, f.u16(`${name}_item_len`)));
};

/**
 * What Group Replication certifies a transaction by. It travels in the group and in relay logs of
 * its applier. Buffers are views of the event's bytes.
 */
export const transactionContext = defineEvent({
  name: 'transaction-context',
  codes: [36],
  source: 'MySQL libs/mysql/binlog/event/control_events.h Transaction_context_event',
  read: (f) => {
    const uuidLength = f.u8('server_uuid_len');
    const threadId = f.u32('thread_id');
    const gtidSpecified = f.u8('gtid_specified') !== 0;
    const snapshotLength = f.u32('encoded_snapshot_version_len');
    const writeSetCount = f.u32('write_set_len');
    const readSetCount = f.u32('read_set_len');
    return {
      threadId,
      /** The session gave the GTID itself. */
      gtidSpecified,
      serverUuid: f.text('server_uuid', uuidLength),
      /** A GTID set in the layout of previous-gtids: what the server had when it executed. */
      snapshotVersion: f.bytes('encoded_snapshot_version', snapshotLength),
      /** Hashes of the keys that the transaction writes. */
      writeSet: readItems(f, 'write_set', writeSetCount),
      readSet: readItems(f, 'read_set', readSetCount),
    };
  },
});
