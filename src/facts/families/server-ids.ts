import type { EventCursor } from '../../binlog/event-cursor.ts';
import type { ServerIdFact } from '../facts.ts';

interface Tally {
  serverId: number;
  events: number;
  firstOffset: number;
  lastOffset: number;
  firstTimestamp: number;
  lastTimestamp: number;
}

/** Ids beyond this many are noise (an unrecognised encryption, damage), not servers. */
const IDS_LIMIT = 4096;

/** Whose ids stand on the data events: the origin of each, whatever server passed it on. */
export class ServerIds {
  readonly #tallies = new Map<number, Tally>();
  #latest: Tally | null = null;

  see(cursor: EventCursor): void {
    const { serverId, timestamp } = cursor;
    let tally = this.#latest;
    if (tally === null || tally.serverId !== serverId) {
      tally = this.#tallies.get(serverId) ?? this.#begin(cursor, serverId);
      if (tally === null) return;
      this.#latest = tally;
    }
    tally.events += 1;
    tally.lastOffset = cursor.offset;
    if (timestamp > tally.lastTimestamp) tally.lastTimestamp = timestamp;
  }

  facts(): ServerIdFact[] {
    return [...this.#tallies.values()].sort((a, b) => a.serverId - b.serverId);
  }

  #begin(cursor: EventCursor, serverId: number): Tally | null {
    if (this.#tallies.size >= IDS_LIMIT) return null;
    const tally = {
      serverId,
      events: 0,
      firstOffset: cursor.offset,
      lastOffset: cursor.offset,
      firstTimestamp: cursor.timestamp,
      lastTimestamp: cursor.timestamp,
    };
    this.#tallies.set(serverId, tally);
    return tally;
  }
}
