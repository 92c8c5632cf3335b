import { defineEvent } from '../define-event.ts';

const KINDS: Readonly<Record<number, 'last-insert-id' | 'insert-id'>> = {
  1: 'last-insert-id',
  2: 'insert-id',
};

/** A number the next statement needs: what LAST_INSERT_ID() says, or the next AUTO_INCREMENT value. */
export const intvar = defineEvent({
  name: 'intvar',
  codes: [5],
  source: 'MySQL libs/mysql/binlog/event/statement_events.h Intvar_event',
  read: (f) => ({ kind: KINDS[f.u8('type')] ?? ('invalid' as const), value: f.u64('val') }),
});
