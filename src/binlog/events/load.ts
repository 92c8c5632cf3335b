import { defineEvent } from '../define-event.ts';
import { readLoadPostHeader, readLoadStatement } from './load-head.ts';

const NEW_LOAD = 12;

/**
 * A LOAD DATA statement of a server before 5.0.3. A replica asks its source for the file
 * (type 6, 3.23), or has it from a create-file event (type 12).
 */
export const load = defineEvent({
  name: 'load',
  codes: [6, NEW_LOAD],
  source: 'MySQL 5.1 sql/log_event.h Load_log_event',
  read: (f, { typeCode }) => {
    const head = readLoadPostHeader(f);
    const statement = readLoadStatement(f, head, typeCode === NEW_LOAD ? 'new' : 'old');
    const { threadId, execTime, skipLines } = head;
    return {
      threadId,
      execTime,
      skipLines,
      ...statement,
      /** Without the NUL that some servers end it with. */
      fileName: f.text('fname', f.remaining).replace(/\0[^]*$/, ''),
    };
  },
});
