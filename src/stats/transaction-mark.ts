import { EVENT } from '../binlog/event-type.ts';
import { MARIADB_GTID_FLAG } from '../binlog/events/mariadb-gtid.ts';
import { classifyQuery } from '../binlog/query-text.ts';
import { MARKS, type Mark } from '../binlog/transaction-marks.ts';
import type { ListedEvent } from '../listing/listed-event.ts';

/** The words that decide stand at the beginning. */
const CLASSIFIED_BYTES = 200;

/** LOAD DATA before MySQL 5.0, each a whole statement: its last event, or its only one. */
const OLD_LOADS: ReadonlySet<number> = new Set([EVENT.LOAD, EVENT.NEW_LOAD, EVENT.EXEC_LOAD]);

/** What a listed event that frames no log means to the transactions around it. */
export const transactionMark = ({ event, body }: ListedEvent): Mark => {
  const mark = MARKS[event.typeCode] ?? 'unknown';
  switch (mark) {
    case 'statement':
      return body?.type === 'query'
        ? classifyQuery(body.sql.toString('latin1', 0, CLASSIFIED_BYTES))
        : 'other';
    case 'mariadb-gtid-flags':
      return body?.type === 'mariadb-gtid' && (body.flags & MARIADB_GTID_FLAG.STANDALONE) !== 0
        ? 'mariadb-gtid-standalone'
        : 'mariadb-gtid';
    case 'rows-flags':
      return body?.type === 'rows' && body.stmtEnd ? 'last-rows' : 'rows';
    case 'unknown':
      return OLD_LOADS.has(event.typeCode) ? 'other' : mark;
    default:
      return mark;
  }
};
