import { baseName } from '../../binlog/coordinates.ts';
import type { EventCursor } from '../../binlog/event-cursor.ts';
import { eventRef } from '../../binlog/event-ref.ts';
import type { BinlogEvent } from '../../binlog/events/index.ts';
import {
  type EventRef,
  type FormatDescriptionFact,
  type IncidentFact,
  LIST_LIMIT,
  type RotateFact,
} from '../facts.ts';

/** The events that frame a log: format descriptions, Rotates, Stops, incidents. */
export class Controls {
  readonly formats: FormatDescriptionFact[] = [];
  readonly rotates: RotateFact[] = [];
  readonly stops: EventRef[] = [];
  readonly incidents: IncidentFact[] = [];
  leftOut = 0;
  /** Last event that another server wrote. */
  lastForeign: EventRef | null = null;
  /** Format descriptions that wait for the data event after them. */
  waiting = 0;

  format(
    cursor: EventCursor,
    body: {
      serverVersion: string;
      created: number;
      checksum: 'crc32' | 'none' | null;
      typeCount: number;
    },
  ): void {
    this.#keep(this.formats, { ...eventRef(cursor), ...body, nextData: null });
    this.waiting = this.formats.length;
  }

  rotate(cursor: EventCursor, nextLog: string, position: number): void {
    this.#keep(this.rotates, { ...eventRef(cursor), nextLog: baseName(nextLog), position });
  }

  stop(cursor: EventCursor): void {
    this.#keep(this.stops, eventRef(cursor));
  }

  /** `body`: null where it cannot be read. */
  incident(cursor: EventCursor, body: BinlogEvent | null, gtid: string | null): void {
    const { code, message } = body?.type === 'incident' ? body : { code: null, message: '' };
    this.#keep(this.incidents, { ...eventRef(cursor), code, message, gtid });
  }

  /** The first data event after format descriptions dates them: how old was each when it was executed? */
  data(cursor: EventCursor): void {
    const nextData = { offset: cursor.offset, timestamp: cursor.timestamp };
    for (let i = this.formats.length - 1; i >= 0; i -= 1) {
      const format = this.formats[i];
      if (!format || format.nextData) break;
      format.nextData = nextData;
    }
    this.waiting = 0;
  }

  #keep<T>(list: T[], item: T): void {
    if (list.length < LIST_LIMIT) list.push(item);
    else this.leftOut += 1;
  }
}
