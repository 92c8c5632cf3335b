import { eventTypeName } from '../binlog/event-type.ts';
import { FRAMING } from '../binlog/transaction-marks.ts';
import type { ListedEvent } from '../listing/listed-event.ts';
import type { EventChange } from './event-change.ts';
import { isoTime } from './iso-time.ts';
import { RowTally } from './row-tally.ts';
import type { EventSums } from './stats.ts';

const TYPES = 256;

/** Sums over the events of one log, or of all. */
export class LogTally {
  transactions = 0;
  malformedEvents = 0;
  #events = 0;
  #innerEvents = 0;
  #bytes = 0;
  #statements = 0;
  #uncountedRowsEvents = 0;
  #first = Number.POSITIVE_INFINITY;
  #last = 0;
  readonly #rows = new RowTally();
  readonly #eventsByType = new Float64Array(TYPES);
  readonly #bytesByType = new Float64Array(TYPES);

  see({ event, innerOffset }: ListedEvent, change: EventChange | null): void {
    const { typeCode, timestamp } = event;
    this.#events += 1;
    this.#eventsByType[typeCode] = (this.#eventsByType[typeCode] ?? 0) + 1;
    if (innerOffset === null) {
      this.#bytes += event.size;
      this.#bytesByType[typeCode] = (this.#bytesByType[typeCode] ?? 0) + event.size;
    } else this.#innerEvents += 1;
    if (timestamp > 0 && FRAMING[typeCode] !== 1) {
      this.#first = Math.min(this.#first, timestamp);
      this.#last = Math.max(this.#last, timestamp);
    }
    if (change === null) return;
    if (change.kind === 'statement') {
      this.#statements += 1;
      return;
    }
    this.#rows.add(change.kind, change.rows);
    if (!change.isCounted) this.#uncountedRowsEvents += 1;
  }

  merge(other: LogTally): void {
    this.transactions += other.transactions;
    this.malformedEvents += other.malformedEvents;
    this.#events += other.#events;
    this.#innerEvents += other.#innerEvents;
    this.#bytes += other.#bytes;
    this.#statements += other.#statements;
    this.#uncountedRowsEvents += other.#uncountedRowsEvents;
    this.#first = Math.min(this.#first, other.#first);
    this.#last = Math.max(this.#last, other.#last);
    this.#rows.merge(other.#rows);
    for (let code = 0; code < TYPES; code += 1) {
      this.#eventsByType[code] = (this.#eventsByType[code] ?? 0) + (other.#eventsByType[code] ?? 0);
      this.#bytesByType[code] = (this.#bytesByType[code] ?? 0) + (other.#bytesByType[code] ?? 0);
    }
  }

  stats(): EventSums {
    return {
      events: this.#events,
      innerEvents: this.#innerEvents,
      eventBytes: this.#bytes,
      types: this.#types(),
      transactions: this.transactions,
      statements: this.#statements,
      rows: this.#rows.stats(),
      uncountedRowsEvents: this.#uncountedRowsEvents,
      malformedEvents: this.malformedEvents,
      first: this.#last > 0 ? isoTime(this.#first) : null,
      last: this.#last > 0 ? isoTime(this.#last) : null,
    };
  }

  #types(): EventSums['types'] {
    return [...this.#eventsByType]
      .flatMap((events, code) =>
        events === 0
          ? []
          : [{ type: eventTypeName(code), events, bytes: this.#bytesByType[code] ?? 0 }],
      )
      .sort((a, b) => b.bytes - a.bytes || b.events - a.events || (a.type < b.type ? -1 : 1));
  }
}
