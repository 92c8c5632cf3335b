import type { FieldReader } from '../../bytes/field-reader.ts';
import { defineEvent } from '../define-event.ts';

const KINDS: Readonly<Record<number, 'string' | 'real' | 'int' | 'decimal'>> = {
  0: 'string',
  1: 'real',
  2: 'int',
  4: 'decimal',
};

const UNSIGNED = 1;

/** The value as its bytes: text, f64, 8-byte integer, or `u8 precision, u8 scale, packed digits`. */
const readValue = (f: FieldReader) => {
  const kind = KINDS[f.u8('type')] ?? ('invalid' as const);
  const collation = f.u32('charset_number');
  const bytes = f.bytes('val', f.u32('val_len'));
  /** Servers before 5.5 write no flags, MySQL 9.7 only those of integers. */
  const flags = f.remaining > 0 ? f.u8('flags') : 0;
  return { kind, collation, bytes, unsigned: (flags & UNSIGNED) !== 0 };
};

/** A user variable that the next statement uses; `value` is null for NULL. */
export const userVar = defineEvent({
  name: 'user-var',
  codes: [14],
  source: 'MySQL libs/mysql/binlog/event/statement_events.h User_var_event',
  read: (f) => ({
    name: f.text('name', f.u32('name_len')),
    value: f.u8('is_null') === 0 ? readValue(f) : null,
  }),
});
