import type { LogDamage } from '../binlog/damage.ts';
import { EVENT } from '../binlog/event-type.ts';
import { TransactionBoundaries, unmarkedBy } from '../binlog/transaction-boundaries.ts';
import type { Mark } from '../binlog/transaction-marks.ts';
import { parseServerVersion } from '../dialects/server-version.ts';
import type { ListedEvent } from '../listing/listed-event.ts';
import type { EventChange } from './event-change.ts';
import { GtidRanges } from './gtid-ranges.ts';
import { OpenTransaction } from './open-transaction.ts';
import { RateSeries } from './rate-series.ts';
import type { TransactionStats } from './stats.ts';
import { TopList } from './top-list.ts';

const LISTED = 10;
const ONE = { events: 0, transactions: 1, bytes: 0, rows: 0 } as const;

/** What is known of whole transactions. */
export class TransactionSums {
  count = 0;
  readonly largest = new TopList<TransactionStats>(LISTED);
  readonly longest = new TopList<TransactionStats>(LISTED);
  readonly gtids = new GtidRanges();
  readonly rate = new RateSeries();

  /** `time` of the end, in Unix seconds; 0 where none is known. */
  add(transaction: OpenTransaction, time: number): void {
    this.count += 1;
    const { gtid } = transaction;
    if (gtid !== null) this.gtids.add(gtid);
    if (time > 0) this.rate.add(time, ONE);
    const { bytes } = transaction;
    const { seconds } = transaction.duration();
    const isLarge = this.largest.takes(bytes);
    const isLong = seconds > 0 && this.longest.takes(seconds);
    if (!isLarge && !isLong) return;
    const stats = transaction.stats();
    if (isLarge) this.largest.add(bytes, stats);
    if (isLong) this.longest.add(seconds, stats);
  }

  /** Adds those of another log; its GTIDs stay with it. */
  merge(other: TransactionSums): void {
    this.count += other.count;
    this.largest.merge(other.largest);
    this.longest.merge(other.longest);
    this.rate.merge(other.rate);
  }
}

/** Whether damage hides how the transactions around it stand: an event was not read, or more. */
const hidesEvents = ({ kind, event }: LogDamage): boolean =>
  kind !== 'magic' &&
  kind !== 'unknown-type' &&
  // A format description is used all the same
  !(kind === 'checksum' && event?.typeCode === EVENT.FORMAT_DESCRIPTION);

/** Cuts one log into transactions as a scan does, and sums up each. */
export class TransactionTally {
  sums = new TransactionSums();
  readonly #boundaries = new TransactionBoundaries();
  #open: OpenTransaction | null = null;
  /** Its last event was read; those inside that event may follow. */
  #isEnding = false;
  /** Unix seconds of the last event. */
  #time = 0;
  #isDamaged = false;
  #isContinued = false;

  /** The next event of the log; `mark` is null for one that frames it. */
  pass(listed: ListedEvent, mark: Mark | null): void {
    if (listed.innerOffset === null) {
      this.finish();
      if (mark === null) this.#frame(listed);
      else this.#take(listed, mark);
    }
    if (mark !== null) this.#open?.pass(listed);
  }

  /** The event that was passed last was asked for; `bytes` are those in the file. */
  count(bytes: number, change: EventChange | null): void {
    this.#open?.count(bytes, change);
  }

  damaged(damage: LogDamage): void {
    this.finish();
    if (!hidesEvents(damage)) return;
    this.#boundaries.lose();
    this.#open = null;
    this.#isDamaged = true;
  }

  /** Counts the transaction that has ended, if one has: before the next event, and behind the last one. */
  finish(): void {
    if (!this.#isEnding) return;
    this.#isEnding = false;
    if (this.#open !== null && this.#open.events > 0) this.sums.add(this.#open, this.#time);
    this.#open = null;
  }

  #frame({ body }: ListedEvent): void {
    if (body?.type !== 'format-description' && body?.type !== 'start-v3') return;
    this.#boundaries.unmarked = unmarkedBy(parseServerVersion(body.serverVersion));
  }

  #take(listed: ListedEvent, mark: Mark): void {
    const part = this.#boundaries.take(mark);
    if (part === 'begins' || part === 'whole') this.#open = new OpenTransaction(listed);
    else if (part === 'stray-end') this.#continue();
    this.#time = listed.time;
    if (part === 'ends' || part === 'whole') this.#isEnding = true;
  }

  /**
   * An end before anything was begun: the transaction began in the file before. Statements that
   * seemed to stand alone were part of it.
   */
  #continue(): void {
    if (this.#boundaries.marked || this.#isDamaged || this.#isContinued) return;
    this.#isContinued = true;
    this.sums = new TransactionSums();
  }
}
