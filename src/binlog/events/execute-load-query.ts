import { defineEvent } from '../define-event.ts';
import { readQueryPostHeader } from './query.ts';
import { readStatusVars } from './query-status-vars.ts';

const DUPLICATES: Readonly<Record<number, 'error' | 'ignore' | 'replace'>> = {
  0: 'error',
  1: 'ignore',
  2: 'replace',
};

const POST_HEADER_BYTES = 26;

/**
 * A LOAD DATA statement. The file's name stands at `fileNameStart` to `fileNameEnd` (bytes of
 * `sql`); a replica puts the name of its own copy there.
 */
export const executeLoadQuery = defineEvent({
  name: 'execute-load-query',
  codes: [18],
  source: 'MySQL libs/mysql/binlog/event/load_data_events.h Execute_load_query_event',
  read: (f, context) => {
    const head = readQueryPostHeader(f, context);
    const fileId = f.u32('file_id');
    const fileNameStart = f.u32('fn_pos_start');
    const fileNameEnd = f.u32('fn_pos_end');
    const onDuplicate = DUPLICATES[f.u8('dup_handling')] ?? ('invalid' as const);
    if (context.postHeaderLength > POST_HEADER_BYTES) {
      f.skip('post_header_rest', context.postHeaderLength - POST_HEADER_BYTES);
    }
    const statusVars = readStatusVars(f, head.statusVarsLength);
    const database = f.textNul('db', head.databaseLength);
    return {
      threadId: head.threadId,
      execTime: head.execTime,
      errorCode: head.errorCode,
      statusVars,
      database,
      fileId,
      fileNameStart,
      fileNameEnd,
      onDuplicate,
      /** A view of the event's bytes. */
      sql: f.bytes('query', f.remaining),
    };
  },
});
