import { type EventCursor, FORMAT_DESCRIPTION, HEADER_LENGTH } from '../binlog/event-cursor.ts';
import { type BinlogEvent, decodeBody } from '../binlog/events/index.ts';
import { MalformedError } from '../bytes/malformed-error.ts';
import type { Flavor } from '../dialects/server-version.ts';

/** Control events are small: of a larger one no more is read. */
const BODY_BYTES = 1 << 20;

/** The identity of a transaction that has a tag. */
export type GtidTagged = Extract<BinlogEvent, { readonly type: 'gtid-tagged' }>;

/** The control event under the cursor; null where `onMalformed` was told that it cannot be read. */
export const decodeControl = (
  cursor: EventCursor,
  log: { readonly path: string; readonly trailer: number; readonly flavor: Flavor | null },
  onMalformed: (error: MalformedError) => void,
): BinlogEvent | null => {
  const { typeCode, serverId, offset } = cursor;
  const trailer = typeCode === FORMAT_DESCRIPTION ? 0 : log.trailer;
  const body = cursor.copyBody(HEADER_LENGTH, trailer, BODY_BYTES);
  const context = { typeCode, postHeaderLength: 0, flavor: log.flavor, serverId };
  try {
    return decodeBody(typeCode, body, context, { file: log.path, base: offset + HEADER_LENGTH });
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    onMalformed(error);
    return null;
  }
};
