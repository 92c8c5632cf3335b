import { defineEvent } from '../define-event.ts';
import { readLoadPostHeader, readLoadStatement } from './load-head.ts';

/**
 * A LOAD DATA statement and the first part of its file, of servers from 4.0 to 5.0.2; exec-load runs
 * it when all parts have come. `block` is a view of the event's bytes.
 */
export const createFile = defineEvent({
  name: 'create-file',
  codes: [8],
  source: 'MySQL 5.1 sql/log_event.h Create_file_log_event',
  read: (f) => {
    const head = readLoadPostHeader(f);
    const fileId = f.u32('file_id');
    const statement = readLoadStatement(f, head, 'new');
    const { threadId, execTime, skipLines } = head;
    return {
      threadId,
      execTime,
      skipLines,
      ...statement,
      fileName: f.textUntilNul('fname'),
      fileId,
      block: f.bytes('block', f.remaining),
    };
  },
});
