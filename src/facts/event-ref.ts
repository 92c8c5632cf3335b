import type { EventCursor } from '../binlog/event-cursor.ts';
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
