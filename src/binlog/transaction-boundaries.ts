import { atLeast, type ServerVersion } from '../dialects/server-version.ts';
import type { Mark } from './transaction-marks.ts';

/** How an event stands to the transaction around it. `stray-end`: it ends one that did not begin here. */
export type Part = 'begins' | 'inside' | 'ends' | 'whole' | 'stray-end' | 'outside';

/**
 * What a server logs with no mark (GTID, BEGIN, XA START) where it begins: before 5.5 rows and
 * statements, before GTIDs for everything (MySQL 5.7.6, MariaDB 10.0) statements, then nothing.
 */
export type Unmarked = 'any' | 'statements' | 'none';

/** By the version of the current FDE; {@link Unmarked}. */
export const unmarkedBy = (version: ServerVersion | null): Unmarked => {
  if (!version || !atLeast(version, 5, 5)) return 'any';
  if (version.flavor === 'mariadb') return atLeast(version, 10) ? 'none' : 'any';
  return atLeast(version, 5, 7, 6) ? 'none' : 'statements';
};

/**
 * Follows transactions from event to event, as the servers' own
 * `Transaction_boundary_parser` (MySQL) and `is_group_event` (MariaDB) do: BEGIN … COMMIT/XID, a
 * GTID with what it announces, or one statement on its own.
 */
export class TransactionBoundaries {
  /** Between a begin and its end. */
  open = false;
  /** What may begin without a mark: the FDE's version says. */
  unmarked: Unmarked = 'any';
  /** Did any transaction of this file begin with a mark? */
  marked = false;
  /** Opened by a GTID event whose BEGIN or statement has not come yet. */
  #announced = false;
  /** A BEGIN or XA START was seen, or a MariaDB GTID that stands for it. */
  #explicit = false;

  /** Forgets what was open: after damage, nothing says where we are. */
  lose(): void {
    this.open = false;
    this.#announced = false;
    this.#explicit = false;
  }

  /** Files the next event that is no framing one. */
  take(mark: Mark): Part {
    switch (mark) {
      case 'mariadb-gtid':
        this.#begin();
        this.#explicit = true;
        return 'begins';
      case 'gtid':
      case 'mariadb-gtid-standalone':
        this.#begin();
        this.#announced = true;
        return 'begins';
      case 'begin':
      case 'xa-start':
        return this.#beginStatement();
      case 'commit':
      case 'rollback':
      case 'xa-commit':
      case 'xa-rollback':
      case 'end':
        return this.#end();
      case 'savepoint':
      case 'xa-end':
      case 'xa-prepare':
        return 'inside';
      case 'other':
        return this.#statement();
      case 'context':
        return this.#prelude(this.unmarked !== 'none');
      case 'table-map':
        return this.#prelude(this.unmarked === 'any');
      case 'rows':
      case 'last-rows':
        return this.#rows(mark === 'last-rows');
      case 'incident':
        return this.open && this.#announced ? this.#end() : 'outside';
      case 'unknown':
        return this.open || this.unmarked !== 'none' ? this.#prelude(true) : 'outside';
    }
  }

  #begin(): void {
    this.lose();
    this.open = true;
    this.marked = true;
  }

  #beginStatement(): Part {
    const begun = !this.open || !this.#announced;
    this.open = true;
    this.marked = true;
    this.#announced = false;
    this.#explicit = true;
    return begun ? 'begins' : 'inside';
  }

  #statement(): Part {
    if (!this.open) return this.unmarked === 'none' ? 'inside' : 'whole';
    if (this.#explicit) return 'inside';
    return this.#end();
  }

  /** Rows outside BEGIN (MySQL 5.1, non-transactional tables) end with the statement. */
  #rows(last: boolean): Part {
    if (this.open ? this.#explicit : this.unmarked !== 'any') return 'inside';
    if (last) return this.open ? this.#end() : 'whole';
    return this.#prelude(true);
  }

  /** Comes before what it belongs to; `begins` where that may begin without a mark. */
  #prelude(begins: boolean): Part {
    if (this.open || !begins) return 'inside';
    this.open = true;
    return 'begins';
  }

  #end(): Part {
    const was = this.open;
    this.lose();
    return was ? 'ends' : 'stray-end';
  }
}
