import { HEADER_LENGTH } from '../binlog/event-cursor.ts';
import { LIST_LIMIT } from './facts.ts';

/** What the current FDE says of the events behind it. */
export interface Layout {
  readonly headerLength: number;
  /** Checksum bytes at the end of each event. */
  readonly trailer: number;
  /** Bytes of a table id in table maps and rows: 4 where their post-header has 6 (MySQL before 5.1.4). */
  readonly tableIdBytes: number;
}

/** The layouts of a log, one after the other: in a relay log each format description may change it. */
export class Layouts {
  now: Layout = { headerLength: HEADER_LENGTH, trailer: 0, tableIdBytes: 6 };
  readonly #since = [{ from: 0, layout: this.now }];

  /** From this offset on. */
  set(from: number, layout: Layout): void {
    const { headerLength, trailer, tableIdBytes } = this.now;
    this.now = layout;
    const same =
      layout.headerLength === headerLength &&
      layout.trailer === trailer &&
      layout.tableIdBytes === tableIdBytes;
    if (!same && this.#since.length < LIST_LIMIT) this.#since.push({ from, layout });
  }

  /** The layout of the events at this offset. */
  at(offset: number): Layout {
    return this.#since.findLast(({ from }) => from <= offset)?.layout ?? this.now;
  }
}
