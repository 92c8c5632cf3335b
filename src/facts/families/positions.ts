import type { EventCursor } from '../../binlog/event-cursor.ts';
import type { HoleFact, LogFacts } from '../facts.ts';

const HOLES_KEPT = 32;

/**
 * What `log_pos` says of the data events: whether they count this file (a binary log) or another
 * server's (a relay log), where the source stands after them, and where source bytes are missing.
 */
export class Positions {
  own = 0;
  other = 0;
  holes = 0;
  holeBytes = 0;
  firstHoles: HoleFact[] = [];
  /** End of the last source event in its own log; 0 when not known. */
  sourcePosition = 0;

  /** Takes a data event: does it begin, or end, a transaction? */
  see(cursor: EventCursor, begins: boolean, ends: boolean): void {
    const { endLogPos, size } = cursor;
    // MariaDB 11.4+ leaves 0 inside transactions (binlog_legacy_event_pos=OFF); 0 says nothing
    if (endLogPos === 0) return;
    if (begins || ends) {
      if (endLogPos === (cursor.offset + size) % 2 ** 32) this.own += 1;
      else this.other += 1;
    }
    const begin = endLogPos - size;
    // Only forward jumps, and only to a transaction: MariaDB's receiver stores compressed events
    // decompressed, with their old position, and a source may be told to keep Annotate_rows
    if (begins && this.sourcePosition > 0 && begin > this.sourcePosition)
      this.#hole(cursor.offset, begin);
    this.sourcePosition = endLogPos;
  }

  /** A Rotate or a source FDE says where the next event begins. */
  jump(position: number): void {
    this.sourcePosition = position;
  }

  facts(): LogFacts['holes'] {
    return { count: this.holes, bytes: this.holeBytes, first: this.firstHoles };
  }

  #hole(offset: number, to: number): void {
    const from = this.sourcePosition;
    this.holes += 1;
    this.holeBytes += to - from;
    if (this.firstHoles.length < HOLES_KEPT) this.firstHoles.push({ offset, from, to });
  }
}
