import type { FileWindow } from '../bytes/file-window.ts';
import { type EventCursor, HEADER_LENGTH } from './event-cursor.ts';

/** The header of one event and where it stands, as JSON. */
export interface EventRef {
  readonly offset: number;
  readonly size: number;
  readonly typeCode: number;
  readonly serverId: number;
  /** Unix seconds, 0 when the writer left it out. */
  readonly timestamp: number;
  readonly flags: number;
  /** `log_pos`: end of the event in the log of the server that wrote it; 0 when made up. */
  readonly endLogPos: number;
}

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
