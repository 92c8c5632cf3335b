import type { EventCursor } from '../../binlog/event-cursor.ts';
import { EVENT } from '../../binlog/event-type.ts';
import { uuidText } from '../../binlog/events/uuid-text.ts';
import { type Interval, insert } from '../../binlog/gtid-intervals.ts';
import { GNO_END } from '../../binlog/gtid-set-text.ts';
import type { GtidTagged } from '../decode-control.ts';
import type { GtidsFact } from '../facts.ts';
import type { Layout } from '../layout.ts';

/** Sources beyond this many are noise; intervals beyond this many are holes that nobody reads. */
const SOURCES = 1000;
const INTERVALS = 10_000;
/** Of GTIDs that come out of order the first ones are named. */
const NAMED = 20;

/** Numbers of one source, the newest run of them apart: nearly every transaction goes on with it. */
interface Source {
  readonly uuid: string;
  readonly tag: string;
  readonly intervals: Interval[];
  start: number;
  end: number;
  transactions: number;
  /** Of its transactions that are whole; nothing before the first one. */
  firstNumber: string;
  firstOffset: number;
  lastOffset: number;
  firstTimestamp: number;
  lastTimestamp: number;
}

interface Stream {
  readonly domain: number;
  readonly server: number;
  first: number;
  last: number;
  transactions: number;
  readonly firstOffset: number;
  lastOffset: number;
  readonly firstTimestamp: number;
  lastTimestamp: number;
}

/** Types that announce a transaction: a table, because the hot loop asks for every event. */
export const GTID_TYPES = (() => {
  const table = new Uint8Array(256);
  for (const code of [EVENT.GTID, EVENT.ANONYMOUS_GTID, EVENT.GTID_TAGGED, EVENT.MARIADB_GTID]) {
    table[code] = 1;
  }
  return table;
})();

const NOTHING = 0;
const MYSQL = 1;
const MARIADB = 2;

/** Exact up to 2^53. */
const u64 = (view: DataView, at: number): number =>
  view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;

/** GTIDs of the transactions that are whole in this log. */
export class Gtids {
  readonly #sources = new Map<string, Source>();
  readonly #streams = new Map<string, Stream>();
  readonly #newestIn = new Map<number, { sequence: number; server: number }>();
  readonly #outOfOrder: Array<GtidsFact['outOfOrder'][number]> = [];
  #outOfOrderCount = 0;
  #complete = true;
  /** Of the transaction that is open: taken when it ends. */
  #pending: typeof NOTHING | typeof MYSQL | typeof MARIADB = NOTHING;
  #source: Source | null = null;
  #stream: Stream | null = null;
  readonly #uuid = Buffer.alloc(16);
  #domain = 0;
  #server = 0;
  /** GNO or sequence number. */
  #number = 0;
  /** A number that only a person sets (SET GTID_NEXT), beyond what #number holds exactly; else null. */
  #large: bigint | null = null;
  #offset = 0;
  #timestamp = 0;

  /** A Gtid event, `tagged` decoded where it has a tag: the transaction that it announces has begun. */
  see(cursor: EventCursor, layout: Layout, tagged: GtidTagged | null): void {
    this.#pending = NOTHING;
    this.#offset = cursor.offset;
    this.#timestamp = cursor.timestamp;
    this.#large = null;
    if (cursor.typeCode === EVENT.GTID) this.#mysql(cursor, layout);
    else if (cursor.typeCode === EVENT.MARIADB_GTID) this.#mariadb(cursor, layout);
    else if (tagged !== null) {
      this.#source = this.#sourceOf(tagged.uuid, tagged.tag);
      this.#mysqlNumber(tagged.gno);
    }
  }

  /** Of the transaction that is open; null where it has none. */
  get open(): string | null {
    if (this.#pending === MARIADB) return `${this.#domain}-${this.#server}-${this.#number}`;
    if (this.#pending === NOTHING || this.#source === null) return null;
    const { uuid, tag } = this.#source;
    return `${uuid}:${tag === '' ? '' : `${tag}:`}${this.#large ?? this.#number}`;
  }

  /** The transaction around ended. */
  complete(): void {
    if (this.#pending === NOTHING) return;
    if (this.#pending === MYSQL) this.#takeMysql();
    else this.#takeMariadb();
    this.#pending = NOTHING;
  }

  /** The transaction around has no end, or none that can be trusted. */
  lose(): void {
    this.#pending = NOTHING;
  }

  facts(): GtidsFact {
    return {
      complete: this.#complete,
      sources: [...this.#sources.values()]
        .filter(({ transactions }) => transactions > 0)
        .map((source) => {
          this.#close(source);
          const { uuid, tag, intervals, transactions } = source;
          const numbers = intervals.map(([start, end]) =>
            end - start === 1n ? `${start}` : `${start}-${end - 1n}`,
          );
          return {
            uuid,
            tag,
            numbers: numbers.join(':'),
            transactions,
            firstNumber: source.firstNumber,
            firstOffset: source.firstOffset,
            lastOffset: source.lastOffset,
            firstTimestamp: source.firstTimestamp,
            lastTimestamp: source.lastTimestamp,
          };
        }),
      streams: [...this.#streams.values()],
      outOfOrder: this.#outOfOrder,
      outOfOrderCount: this.#outOfOrderCount,
    };
  }

  #mysql(cursor: EventCursor, layout: Layout): void {
    const at = cursor.at + layout.headerLength + 1;
    if (cursor.size < layout.headerLength + 25) return;
    const { bytes, view } = cursor.window;
    const isSame = this.#source?.tag === '' && bytes.compare(this.#uuid, 0, 16, at, at + 16) === 0;
    if (!isSame) {
      bytes.copy(this.#uuid, 0, at, at + 16);
      this.#source = this.#sourceOf(uuidText(bytes.subarray(at, at + 16)), '');
    }
    const number = u64(view, at + 16);
    if (number > Number.MAX_SAFE_INTEGER) this.#mysqlNumber(view.getBigUint64(at + 16, true));
    else if (number > 0) {
      this.#number = number;
      this.#pending = MYSQL;
    }
  }

  #mysqlNumber(gno: bigint): void {
    if (gno < 1n || gno >= GNO_END) return;
    if (gno > BigInt(Number.MAX_SAFE_INTEGER)) this.#large = gno;
    else this.#number = Number(gno);
    this.#pending = MYSQL;
  }

  #mariadb(cursor: EventCursor, layout: Layout): void {
    if (cursor.size < layout.headerLength + 13) return;
    const { view } = cursor.window;
    const at = cursor.at + layout.headerLength;
    this.#number = u64(view, at);
    this.#domain = view.getUint32(at + 8, true);
    this.#server = cursor.serverId;
    this.#pending = MARIADB;
  }

  #sourceOf(uuid: string, tag: string): Source | null {
    const key = `${uuid}:${tag}`;
    const known = this.#sources.get(key);
    if (known) return known;
    if (this.#sources.size >= SOURCES) {
      this.#complete = false;
      return null;
    }
    const source: Source = {
      uuid,
      tag,
      intervals: [],
      start: 0,
      end: 0,
      transactions: 0,
      firstNumber: '',
      firstOffset: 0,
      lastOffset: 0,
      firstTimestamp: 0,
      lastTimestamp: 0,
    };
    this.#sources.set(key, source);
    return source;
  }

  #takeMysql(): void {
    const source = this.#source;
    if (source === null) return;
    if (source.transactions === 0) {
      source.firstNumber = String(this.#large ?? this.#number);
      source.firstOffset = this.#offset;
      source.firstTimestamp = this.#timestamp;
    }
    source.transactions += 1;
    source.lastOffset = this.#offset;
    source.lastTimestamp = this.#timestamp;
    if (this.#large !== null) this.#insert(source, [this.#large, this.#large + 1n]);
    else if (this.#number === source.end) source.end += 1;
    else {
      this.#close(source);
      source.start = this.#number;
      source.end = this.#number + 1;
    }
  }

  /** Files the newest run of a source among its intervals. */
  #close(source: Source): void {
    if (source.end === source.start) return;
    this.#insert(source, [BigInt(source.start), BigInt(source.end)]);
    source.start = source.end;
  }

  #insert(source: Source, interval: Interval): void {
    if (source.intervals.length >= INTERVALS) this.#complete = false;
    else insert(source.intervals, interval);
  }

  #takeMariadb(): void {
    const domain = this.#domain;
    const server = this.#server;
    const sequence = this.#number;
    const offset = this.#offset;
    const last = this.#stream;
    const stream =
      last?.domain === domain && last.server === server
        ? last
        : this.#streams.get(`${domain}-${server}`);
    if (stream) {
      stream.first = Math.min(stream.first, sequence);
      stream.last = Math.max(stream.last, sequence);
      stream.transactions += 1;
      stream.lastOffset = offset;
      stream.lastTimestamp = this.#timestamp;
      this.#stream = stream;
    } else if (this.#streams.size >= SOURCES) this.#complete = false;
    else {
      const at = {
        firstOffset: offset,
        lastOffset: offset,
        firstTimestamp: this.#timestamp,
        lastTimestamp: this.#timestamp,
      };
      this.#streams.set(`${domain}-${server}`, {
        domain,
        server,
        first: sequence,
        last: sequence,
        transactions: 1,
        ...at,
      });
    }
    const newest = this.#newestIn.get(domain);
    if (!newest) this.#newestIn.set(domain, { sequence, server });
    else if (sequence > newest.sequence) {
      newest.sequence = sequence;
      newest.server = server;
    } else {
      this.#outOfOrderCount += 1;
      if (this.#outOfOrder.length < NAMED) {
        this.#outOfOrder.push({
          gtid: `${domain}-${server}-${sequence}`,
          after: `${domain}-${newest.server}-${newest.sequence}`,
          offset,
        });
      }
    }
  }
}
