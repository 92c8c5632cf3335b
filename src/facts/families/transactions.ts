import type { EventCursor } from '../../binlog/event-cursor.ts';
import { eventRef } from '../../binlog/event-ref.ts';
import { TransactionBoundaries } from '../../binlog/transaction-boundaries.ts';
import type { Mark } from '../../binlog/transaction-marks.ts';
import type { GtidTagged } from '../decode-control.ts';
import type { EventRef, TransactionsFact } from '../facts.ts';
import { LIST_LIMIT } from '../facts.ts';
import type { Layout } from '../layout.ts';
import { CommitLags } from './commit-lags.ts';
import { Extremes } from './extremes.ts';
import {
  ContentHash,
  type Identity,
  mariadbIdentity,
  mixPair,
  mysqlIdentity,
  taggedIdentity,
} from './identity.ts';
import { Repeats } from './repeats.ts';
import { transactionMark } from './transaction-mark.ts';

/** Cuts a log into transactions, names each, and remembers those that come back. */
export class Transactions {
  readonly groups = new TransactionBoundaries();
  readonly extremes = new Extremes();
  readonly commitLags = new CommitLags();
  repeats = new Repeats();
  count = 0;
  /** Where the largest event begins. */
  largestEvent = -1;
  start: EventRef | null = null;
  headContinuation: TransactionsFact['headContinuation'] = null;
  abandoned: EventRef[] = [];
  newest: TransactionsFact['newest'] = null;
  /** Kinds of GTID events seen: flags, because a set is slow in the hot loop. */
  hasMariadbGtids = false;
  hasMysqlGtids = false;
  hasAnonymousGtids = false;
  /** Log of the source that the current positions count in; set when a Rotate names it. */
  sourceLog: string | null = null;
  #identity: Identity | null = null;
  #content = new ContentHash();
  #damaged = false;
  #firstPosition = 0;
  #lastPosition = 0;
  #lastEnd = 0;
  #completeOffset = -1;
  #completeEnd = 0;
  #completePosition = 0;
  #execTime: number | null = null;
  #threadId: number | null = null;
  #timestamp = 0;
  #firstTimestamp = 0;
  #serverId = 0;
  #maxTimestamp = 0;
  #events = 0;
  #largestSize = 0;
  #immediateCommit: number | null = null;
  #originalCommit: number | null = null;

  /** Takes the data event under the cursor; `tagged` decoded where it is a GTID with a tag. */
  see(cursor: EventCursor, layout: Layout, tagged: GtidTagged | null): void {
    const wasOpen = this.groups.open;
    const mark = transactionMark(cursor, layout);
    const part = this.groups.take(mark);
    if (part === 'begins' || part === 'whole') this.#begin(cursor, layout, wasOpen, tagged);
    else if (!this.groups.marked && !this.#damaged) {
      if (part === 'stray-end') this.#continued(cursor);
      else if (part === 'inside' && !wasOpen)
        this.headContinuation ??= { offset: -1, endOffset: -1 };
    }
    this.#inside(cursor, mark, layout);
    if (part === 'ends' || part === 'whole') this.#finish(cursor);
  }

  /** After damage the transaction around it is not one that can be compared, nor the head one that goes on. */
  lose(): void {
    this.groups.lose();
    this.start = null;
    this.#identity = null;
    this.#damaged = true;
  }

  /** The newest transaction that is whole. */
  get lastComplete(): TransactionsFact['lastComplete'] {
    return this.#completeOffset < 0
      ? null
      : { offset: this.#completeOffset, end: this.#completeEnd, position: this.#completePosition };
  }

  get style(): TransactionsFact['style'] {
    if (this.hasMariadbGtids) return 'mariadb-gtid';
    if (this.hasMysqlGtids) return 'mysql-gtid';
    return this.hasAnonymousGtids ? 'anonymous' : 'none';
  }

  get lastEnd(): number {
    return this.#lastEnd;
  }

  #begin(cursor: EventCursor, layout: Layout, wasOpen: boolean, tagged: GtidTagged | null): void {
    if (wasOpen && this.start && this.abandoned.length < LIST_LIMIT)
      this.abandoned.push(this.start);
    this.start = eventRef(cursor);
    this.#content.reset();
    this.#firstPosition = 0;
    this.#lastPosition = 0;
    this.#execTime = null;
    this.#threadId = null;
    this.#timestamp = cursor.timestamp;
    this.#firstTimestamp = cursor.timestamp;
    this.#serverId = cursor.serverId;
    this.#events = 0;
    this.#identity = tagged ? this.#identifyTagged(tagged) : this.#identify(cursor, layout);
    this.#immediateCommit = this.#identity?.immediateCommit ?? null;
    this.#originalCommit = this.#identity?.originalCommit ?? null;
  }

  #identifyTagged(tagged: GtidTagged): Identity {
    this.newest = 'mysql-gtid';
    this.hasMysqlGtids = true;
    return taggedIdentity(tagged);
  }

  #identify(cursor: EventCursor, layout: Layout): Identity | null {
    switch (cursor.typeCode) {
      case 162:
        this.newest = 'mariadb-gtid';
        this.hasMariadbGtids = true;
        return mariadbIdentity(cursor, layout.headerLength);
      case 33:
      case 42:
        this.newest = 'mysql-gtid';
        this.hasMysqlGtids = true;
        return cursor.typeCode === 42
          ? null // Its body is damaged
          : mysqlIdentity(cursor, layout.headerLength, layout.trailer);
      case 34:
        this.newest = 'anonymous';
        this.hasAnonymousGtids = true;
        return mysqlIdentity(cursor, layout.headerLength, layout.trailer);
      default:
        this.newest = 'plain';
        return null;
    }
  }

  /**
   * An end before anything was begun: the transaction began in the file before. Statements that
   * seemed to stand alone were part of it.
   */
  #continued(cursor: EventCursor): void {
    if ((this.headContinuation?.offset ?? -1) >= 0) return;
    const end = cursor.offset + cursor.size;
    this.headContinuation = { offset: cursor.offset, endOffset: end };
    this.#complete(cursor.offset, end, cursor.endLogPos);
    this.newest = null;
    this.count = 0;
    this.repeats = new Repeats();
  }

  #inside(cursor: EventCursor, mark: Mark, layout: Layout): void {
    const { endLogPos, timestamp, typeCode, size } = cursor;
    this.#events += 1;
    if (size > this.#largestSize) {
      this.#largestSize = size;
      this.largestEvent = cursor.offset;
    }
    if (endLogPos !== 0) {
      if (this.#firstPosition === 0) this.#firstPosition = endLogPos;
      this.#lastPosition = endLogPos;
    }
    if (timestamp > this.#maxTimestamp) this.#maxTimestamp = timestamp;
    if (timestamp < this.#firstTimestamp && timestamp > 0) this.#firstTimestamp = timestamp;
    this.#lastEnd = cursor.offset + size;
    if (
      (typeCode === 2 || typeCode === 165 || typeCode === 18) &&
      size >= layout.headerLength + 13
    ) {
      const body = cursor.at + layout.headerLength;
      const exec = cursor.window.view.getUint32(body + 4, true);
      this.#execTime = Math.max(this.#execTime ?? 0, exec);
      this.#threadId ??= cursor.window.view.getUint32(body, true);
    }
    if (this.#identity === null && this.start !== null) {
      this.#content.add(cursor, mark, layout);
    }
  }

  #finish(cursor: EventCursor): void {
    const end = cursor.offset + cursor.size;
    const position = this.#lastPosition || this.#firstPosition;
    const { start } = this;
    this.start = null;
    if (start === null) return;
    this.#complete(start.offset, end, position);
    this.#measure(start, end, cursor.timestamp);
    const index = this.count;
    this.count += 1;
    const identity = this.#identity ?? this.#contentIdentity(start);
    if (identity === null) return;
    const stamp = identity.immediateCommit;
    this.repeats.see({
      proof: identity.proof,
      serverId: this.#serverId,
      timestamp: this.#timestamp,
      threadId: this.#threadId,
      id: identity.id,
      hash: identity.hash,
      key: mixPair(identity.hash, this.#serverId ^ this.#timestamp) >>> 2,
      copy: {
        offset: start.offset,
        end,
        position,
        log: this.sourceLog,
        index,
        writtenAt:
          stamp !== null
            ? stamp / 1e6
            : this.#execTime !== null
              ? this.#timestamp + this.#execTime
              : null,
        notBefore: this.#maxTimestamp,
        execTime: this.#execTime,
      },
    });
  }

  /** Is it one of the largest or longest, and how late was it committed here? */
  #measure({ offset }: EventRef, end: number, lastTimestamp: number): void {
    const immediate = this.#immediateCommit;
    const original = this.#originalCommit;
    if (immediate !== null && original !== null) {
      this.commitLags.see(this.#serverId, immediate, original, offset);
    }
    const commit = original === null ? 0 : Math.floor(original / 1e6);
    const seconds = Math.max(lastTimestamp, commit) - this.#firstTimestamp;
    if (!this.extremes.takes(end - offset, Math.max(seconds, this.#execTime ?? 0))) return;
    this.extremes.keep({
      offset,
      end,
      events: this.#events,
      serverId: this.#serverId,
      threadId: this.#threadId,
      firstTimestamp: this.#firstTimestamp,
      lastTimestamp,
      originalCommit: original,
      execTime: this.#execTime,
    });
  }

  #complete(offset: number, end: number, position: number): void {
    this.#completeOffset = offset;
    this.#completeEnd = end;
    this.#completePosition = position;
  }

  #contentIdentity(start: EventRef): Identity | null {
    if (start.typeCode === 42 || start.typeCode === 162) return null;
    return {
      proof: 'content',
      id: this.#content.id,
      hash: mixPair(this.#content.hash, mixPair(this.#threadId ?? 0, this.#serverId)) >>> 2,
      originalCommit: null,
      immediateCommit: null,
    };
  }
}
