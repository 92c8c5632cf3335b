import { type EventCursor, HEADER_LENGTH } from '../binlog/event-cursor.ts';
import type { FileWindow } from '../bytes/file-window.ts';
import type { EventRef } from './facts.ts';

/** Copies the header under the cursor: the cursor itself moves on. */
export const eventRef = (cursor: EventCursor): EventRef => ({
  offset: cursor.offset,
  size: cursor.size,
  typeCode: cursor.typeCode,
  serverId: cursor.serverId,
  timestamp: cursor.timestamp,
  flags: cursor.flags,
  endLogPos: cursor.endLogPos,
});

/** The header at this offset; null where the file holds none. */
export const refAt = (window: FileWindow, offset: number): EventRef | null => {
  const header = offset < 0 ? Buffer.alloc(0) : window.copy(offset, HEADER_LENGTH);
  if (header.length < HEADER_LENGTH) return null;
  return {
    offset,
    timestamp: header.readUInt32LE(0),
    typeCode: header.readUInt8(4),
    serverId: header.readUInt32LE(5),
    size: header.readUInt32LE(9),
    endLogPos: header.readUInt32LE(13),
    flags: header.readUInt16LE(17),
  };
};
