import type { EventCursor } from '../../binlog/event-cursor.ts';
import { classifyQuery } from '../../binlog/query-text.ts';
import { atLeast, type ServerVersion } from '../../dialects/server-version.ts';
import type { Layout } from '../layout.ts';

/** Query post-header: thread_id 4, exec_time 4, db_len 1, error_code 2, status_vars_len 2. */
const QUERY_POST_HEADER = 13;

/** How an event stands to the transaction around it. `stray-end`: it ends one that did not begin here. */
export type Part = 'begins' | 'inside' | 'ends' | 'whole' | 'stray-end' | 'outside';

/**
 * What a server logs with no mark (GTID, BEGIN, XA START) where it begins: before 5.5 rows and
 * statements, before GTIDs for everything (MySQL 5.7.6, MariaDB 10.0) statements, then nothing.
 */
export type Unmarked = 'any' | 'statements' | 'none';

const GTID = 33;
const ANONYMOUS_GTID = 34;
const GTID_TAGGED = 42;
const MARIADB_GTID = 162;
const STANDALONE = 1;
const STMT_END = 1;

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
export class GroupTracker {
  /** Between a begin and its end. */
  open = false;
  /** What may begin without a mark: the FDE's version says. */
  unmarked: Unmarked = 'any';
  /** Did any transaction of this file begin with a mark? */
  marked = false;
  /** Opened by a GTID event whose BEGIN or statement has not come yet. */
  #announced = false;
  /** MariaDB: the GTID said that no COMMIT ends the group. */
  #standalone = false;
  /** A BEGIN or XA START was seen, or a MariaDB GTID that stands for it. */
  #explicit = false;

  /** Forgets what was open: after damage, nothing says where we are. */
  lose(): void {
    this.open = false;
    this.#announced = false;
    this.#explicit = false;
    this.#standalone = false;
  }

  /** Files the data event under the cursor. */
  take(cursor: EventCursor, layout: Layout): Part {
    switch (cursor.typeCode) {
      case MARIADB_GTID: {
        this.lose();
        this.open = true;
        this.marked = true;
        const flags = cursor.at + layout.headerLength + 12;
        this.#standalone =
          (cursor.window.view.getUint8(Math.min(flags, cursor.at + cursor.loaded - 1)) &
            STANDALONE) !==
          0;
        this.#explicit = !this.#standalone;
        this.#announced = this.#standalone;
        return 'begins';
      }
      case GTID:
      case ANONYMOUS_GTID:
      case GTID_TAGGED:
        this.lose();
        this.open = true;
        this.marked = true;
        this.#announced = true;
        return 'begins';
      case 2:
      case 165:
        return this.#query(cursor, layout);
      case 16: // Xid
      case 38: // XA_prepare
      case 40: // Transaction_payload holds the whole transaction after its GTID
        return this.#end();
      case 18: // Execute_load_query
        return this.#statement();
      case 5: // Intvar, Rand, User_var: for the statement that follows
      case 13:
      case 14:
        return this.#prelude(this.unmarked !== 'none');
      case 19: // Table_map, and the statement's text before it
      case 29:
      case 160:
        return this.#prelude(this.unmarked === 'any');
      case 26: // Incident
        return this.open && this.#announced ? this.#end() : 'outside';
      case 20:
      case 21:
      case 22:
      case 23:
      case 24:
      case 25:
      case 30:
      case 31:
      case 32:
      case 39:
      case 166:
      case 167:
      case 168:
      case 169:
      case 170:
      case 171:
        return this.#rows(cursor, layout);
      default:
        return this.open || this.unmarked !== 'none' ? this.#prelude(true) : 'outside';
    }
  }

  #query(cursor: EventCursor, layout: Layout): Part {
    switch (queryKind(cursor, layout)) {
      case 'begin':
      case 'xa-start': {
        const begun = !this.open || !this.#announced;
        this.open = true;
        this.marked = true;
        this.#announced = false;
        this.#explicit = true;
        return begun ? 'begins' : 'inside';
      }
      case 'commit':
      case 'rollback':
      case 'xa-commit':
      case 'xa-rollback':
        return this.#end();
      case 'savepoint':
      case 'xa-end':
      case 'xa-prepare':
        return 'inside';
      case 'other':
        return this.#statement();
    }
  }

  #statement(): Part {
    if (!this.open) return this.unmarked === 'none' ? 'inside' : 'whole';
    if (this.#explicit) return 'inside';
    return this.#end();
  }

  /** Rows outside BEGIN (MySQL 5.1, non-transactional tables) end with the statement. */
  #rows(cursor: EventCursor, { headerLength, tableIdBytes }: Layout): Part {
    if (this.open ? this.#explicit : this.unmarked !== 'any') return 'inside';
    const flags = cursor.at + headerLength + tableIdBytes;
    const last =
      flags + 2 <= cursor.at + cursor.loaded &&
      (cursor.window.view.getUint16(flags, true) & STMT_END) !== 0;
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

/** Offset in the window where a Query event's text begins, or -1 where its lengths lie. */
const queryTextAt = (cursor: EventCursor, headerLength: number, end: number): number => {
  const { view } = cursor.window;
  const body = cursor.at + headerLength;
  if (body + QUERY_POST_HEADER > end) return -1;
  const at =
    body + QUERY_POST_HEADER + view.getUint16(body + 11, true) + view.getUint8(body + 8) + 1;
  return at <= end ? at : -1;
};

/** Only words that begin so can open or close a transaction; any other statement needs no look at its text. */
const MAY_CONTROL = (() => {
  const table = new Uint8Array(256);
  for (const pair of ['B', 'C', 'R', 'S', 'X', '/', '-', '#', ' ', '\t', '\n', '\r', '(']) {
    table[pair.charCodeAt(0)] = 1;
    table[pair.toLowerCase().charCodeAt(0)] = 1;
  }
  return table;
})();

const queryKind = (
  cursor: EventCursor,
  { headerLength, trailer }: Layout,
): ReturnType<typeof classifyQuery> => {
  // The checksum is no part of the text: its bytes may look like letters
  const textEnd = cursor.at + Math.min(cursor.loaded, cursor.size - trailer);
  const at = queryTextAt(cursor, headerLength, textEnd);
  if (at < 0 || cursor.typeCode === 165) return 'other';
  const { bytes } = cursor.window;
  const end = Math.min(textEnd, at + 200);
  const first = bytes[at];
  if (first === undefined || at >= end || MAY_CONTROL[first] === 0) return 'other';
  // BEGIN is the commonest of all
  if (first === 0x42 && bytes[at + 1] === 0x45 && bytes[at + 2] === 0x47 && bytes[at + 3] === 0x49)
    return 'begin';
  return classifyQuery(bytes.toString('latin1', at, end));
};
