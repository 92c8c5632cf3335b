import type { FieldReader } from '../../bytes/field-reader.ts';
import type { BodyContext } from '../define-event.ts';
import { defineEvent } from '../define-event.ts';
import type { QueryStatusVars } from './query-status-vars.ts';
import { readStatusVars } from './query-status-vars.ts';

/** The fixed part: 13 bytes from 5.0 on, 11 without `status_vars_len` before. */
export interface QueryPostHeader {
  readonly threadId: number;
  /** Seconds from the statement's start to its logging. */
  readonly execTime: number;
  readonly databaseLength: number;
  readonly errorCode: number;
  readonly statusVarsLength: number;
}

const POST_HEADER_BYTES = 13;
const OLD_POST_HEADER_BYTES = 11;

export const readQueryPostHeader = (f: FieldReader, context: BodyContext): QueryPostHeader => {
  const announced = context.postHeaderLength;
  const threadId = f.u32('thread_id');
  const execTime = f.u32('exec_time');
  const databaseLength = f.u8('db_len');
  const errorCode = f.u16('error_code');
  const statusVarsLength = announced === OLD_POST_HEADER_BYTES ? 0 : f.u16('status_vars_len');
  return { threadId, execTime, databaseLength, errorCode, statusVarsLength };
};

/** Everything before the statement: what queries, plain and compressed, have in common. */
export interface QueryHead {
  readonly threadId: number;
  /** Seconds from the statement's start to its logging. */
  readonly execTime: number;
  /** Error the statement ended with on its server; 0 is none. */
  readonly errorCode: number;
  readonly statusVars: Readonly<QueryStatusVars>;
  /** Default database, '' for none. */
  readonly database: string;
}

export const readQueryHead = (f: FieldReader, context: BodyContext): QueryHead => {
  const { threadId, execTime, errorCode, databaseLength, statusVarsLength } = readQueryPostHeader(
    f,
    context,
  );
  if (context.postHeaderLength > POST_HEADER_BYTES) {
    f.skip('post_header_rest', context.postHeaderLength - POST_HEADER_BYTES);
  }
  const statusVars = readStatusVars(f, statusVarsLength);
  const database = f.textNul('db', databaseLength);
  return { threadId, execTime, errorCode, statusVars, database };
};

/** A statement; in MySQL also the BEGIN and, for some tables, the COMMIT of a transaction. */
export const query = defineEvent({
  name: 'query',
  codes: [2],
  source: 'MySQL libs/mysql/binlog/event/statement_events.h Query_event',
  read: (f, context) => ({
    ...readQueryHead(f, context),
    /** In the client's character set, `statusVars.charsetClient`. A view of the event's bytes. */
    sql: f.bytes('query', f.remaining),
  }),
});
