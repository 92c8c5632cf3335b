import type { Interval } from './gtid-intervals.ts';
import {
  containsAll,
  containsNumber,
  countNumbers,
  insert,
  intersectIntervals,
  subtractIntervals,
  unionIntervals,
} from './gtid-intervals.ts';
import { readGtidSetText } from './gtid-set-text.ts';

/** One MySQL transaction: `uuid:gno`, or `uuid:tag:gno`. */
export interface Gtid {
  /** Lower case, with dashes. */
  readonly uuid: string;
  /** '' for none. */
  readonly tag: string;
  readonly gno: bigint;
}

export const formatGtid = ({ uuid, tag, gno }: Gtid): string =>
  tag === '' ? `${uuid}:${gno}` : `${uuid}:${tag}:${gno}`;

/** The numbers of one source and tag. */
export interface GtidRange {
  readonly uuid: string;
  readonly tag: string;
  /** In order, disjoint, not adjacent. */
  readonly intervals: readonly Interval[];
}

/**
 * A set of MySQL GTIDs. `add` changes the set; all other operations make a new one.
 * Source: MySQL libs/mysql/gtids/readme.md, text format.
 */
export class GtidSet {
  /** Intervals by `uuid:tag`; none is empty. */
  readonly #ranges = new Map<string, GtidRange & { intervals: Interval[] }>();

  /**
   * Reads `uuid:1-5:7:tag:1-3, uuid:…` in any order and case, white space and redundant commas
   * anywhere between the parts; null when the text is no GTID set. An interval that runs backwards
   * is empty, as in the server.
   */
  static parse(text: string): GtidSet | null {
    const parts = readGtidSetText(text);
    if (!parts) return null;
    const set = new GtidSet();
    for (const { uuid, tag, interval } of parts) set.addInterval(uuid, tag, interval);
    return set;
  }

  static of(...gtids: readonly Gtid[]): GtidSet {
    const set = new GtidSet();
    for (const gtid of gtids) set.add(gtid);
    return set;
  }

  add({ uuid, tag, gno }: Gtid): void {
    this.addInterval(uuid, tag, [gno, gno + 1n]);
  }

  /** Adds the numbers from `start` up to, not including, `end`. */
  addInterval(uuid: string, tag: string, interval: Interval): void {
    if (interval[1] <= interval[0]) return;
    insert(this.#intervalsOf(uuid, tag), interval);
  }

  /** Sources in order of uuid, then tag. */
  ranges(): readonly GtidRange[] {
    return [...this.#ranges.keys()].sort().flatMap((key) => this.#ranges.get(key) ?? []);
  }

  get isEmpty(): boolean {
    return this.#ranges.size === 0;
  }

  /** How many transactions. */
  get count(): bigint {
    let count = 0n;
    for (const { intervals } of this.#ranges.values()) count += countNumbers(intervals);
    return count;
  }

  contains({ uuid, tag, gno }: Gtid): boolean {
    return containsNumber(this.#at(uuid, tag), gno);
  }

  isSubsetOf(other: GtidSet): boolean {
    for (const { uuid, tag, intervals } of this.#ranges.values()) {
      if (!containsAll(other.#at(uuid, tag), intervals)) return false;
    }
    return true;
  }

  equals(other: GtidSet): boolean {
    return this.isSubsetOf(other) && other.isSubsetOf(this);
  }

  union(other: GtidSet): GtidSet {
    const result = new GtidSet();
    for (const set of [this, other]) {
      for (const { uuid, tag, intervals } of set.#ranges.values()) {
        result.#set(uuid, tag, unionIntervals(result.#at(uuid, tag), intervals));
      }
    }
    return result;
  }

  subtract(other: GtidSet): GtidSet {
    const result = new GtidSet();
    for (const { uuid, tag, intervals } of this.#ranges.values()) {
      result.#set(uuid, tag, subtractIntervals(intervals, other.#at(uuid, tag)));
    }
    return result;
  }

  intersect(other: GtidSet): GtidSet {
    const result = new GtidSet();
    for (const { uuid, tag, intervals } of this.#ranges.values()) {
      result.#set(uuid, tag, intersectIntervals(intervals, other.#at(uuid, tag)));
    }
    return result;
  }

  /** Those of one server, whatever their tag. */
  ofUuid(uuid: string): GtidSet {
    const result = new GtidSet();
    for (const range of this.#ranges.values()) {
      if (range.uuid === uuid) result.#set(uuid, range.tag, [...range.intervals]);
    }
    return result;
  }

  /** As the server prints it, on one line: sources and tags in order, `uuid:1-5:7:tag:1-3,uuid:…`. */
  toString(): string {
    let text = '';
    let last = '';
    for (const { uuid, tag, intervals } of this.ranges()) {
      if (uuid !== last) text += `${text && ','}${uuid}`;
      if (tag) text += `:${tag}`;
      for (const [start, end] of intervals) {
        text += end - start === 1n ? `:${start}` : `:${start}-${end - 1n}`;
      }
      last = uuid;
    }
    return text;
  }

  toJSON(): string {
    return this.toString();
  }

  #at(uuid: string, tag: string): readonly Interval[] {
    return this.#ranges.get(`${uuid}:${tag}`)?.intervals ?? [];
  }

  #set(uuid: string, tag: string, intervals: Interval[]): void {
    if (intervals.length > 0) this.#ranges.set(`${uuid}:${tag}`, { uuid, tag, intervals });
  }

  #intervalsOf(uuid: string, tag: string): Interval[] {
    const key = `${uuid}:${tag}`;
    const range = this.#ranges.get(key);
    if (range) return range.intervals;
    const intervals: Interval[] = [];
    this.#ranges.set(key, { uuid, tag, intervals });
    return intervals;
  }
}
