import { GtidSet } from '../binlog/gtid-set.ts';
import { formatMariadbGtid, parseMariadbGtidList } from '../binlog/mariadb-gtid.ts';

/** Transactions asked for: a GTID set as MySQL writes it, or single GTIDs of MariaDB. */
export class GtidChoice {
  readonly #set: GtidSet | null;
  readonly #single: ReadonlySet<string>;
  // Events of one transaction come one after the other
  #last = '';
  #answer = false;

  private constructor(set: GtidSet | null, single: ReadonlySet<string>) {
    this.#set = set;
    this.#single = single;
  }

  /** Null when the text is neither. */
  static parse(text: string): GtidChoice | null {
    const single = parseMariadbGtidList(text);
    if (single && single.length > 0) {
      return new GtidChoice(null, new Set(single.map(formatMariadbGtid)));
    }
    const set = GtidSet.parse(text);
    return set && !set.isEmpty ? new GtidChoice(set, new Set()) : null;
  }

  /** `gtid` as {@link ListedEvent} carries it. */
  has(gtid: string): boolean {
    if (gtid === this.#last) return this.#answer;
    this.#last = gtid;
    const one = this.#set ? GtidSet.parse(gtid) : null;
    this.#answer = this.#set && one ? one.isSubsetOf(this.#set) : this.#single.has(gtid);
    return this.#answer;
  }
}
