import type { FieldReader } from '../../bytes/field-reader.ts';
import { defineEvent } from '../define-event.ts';
import { charsetOfCollation } from '../values/charset-of-collation.ts';
import { readDecimal } from '../values/decimal.ts';
import { decodeText } from '../values/decode-text.ts';

/** `Item_result`: 3 is a row, which no variable can be. */
const KINDS: Readonly<Record<number, 'string' | 'real' | 'int' | 'decimal'>> = {
  0: 'string',
  1: 'real',
  2: 'int',
  4: 'decimal',
};

const UNSIGNED = 1;

type Kind = (typeof KINDS)[number] | 'invalid';

/** The value that the bytes stand for; of an invalid kind, and of no known charset, the bytes. */
const typedValue = (
  f: FieldReader,
  kind: Kind,
  { collation, unsigned }: { collation: number; unsigned: boolean },
): string | number | bigint | Buffer => {
  switch (kind) {
    case 'real':
      return f.f64('val');
    case 'int':
      return unsigned ? f.u64('val') : f.i64('val');
    case 'decimal':
      return readDecimal(f, f.u8('precision'), f.u8('scale'));
    case 'string': {
      const bytes = f.bytes('val', f.remaining);
      return decodeText(bytes, charsetOfCollation(collation)) ?? bytes;
    }
    case 'invalid':
      return f.bytes('val', f.remaining);
  }
};

const readValue = (f: FieldReader) => {
  const kind: Kind = KINDS[f.u8('type')] ?? 'invalid';
  const collation = f.u32('charset_number');
  const bytes = f.bytes('val', f.u32('val_len'));
  const within = f.within(bytes);
  /** Servers before 5.5 write no flags, MySQL 9.7 only those of integers. */
  const flags = f.remaining > 0 ? f.u8('flags') : 0;
  const unsigned = (flags & UNSIGNED) !== 0;
  return {
    kind,
    collation,
    bytes,
    unsigned,
    value: typedValue(within, kind, { collation, unsigned }),
  };
};

/**
 * A user variable that the next statement uses; `value` is null for NULL. Its own `value` is text by
 * its character set (bytes where that is binary or unknown), a number, or a decimal's digits; `bytes`
 * is what stands there: text, f64, 8-byte integer, or `u8 precision, u8 scale, packed digits`.
 */
export const userVar = defineEvent({
  name: 'user-var',
  codes: [14],
  source: 'MySQL libs/mysql/binlog/event/statement_events.h User_var_event',
  read: (f) => ({
    name: f.text('name', f.u32('name_len')),
    value: f.u8('is_null') === 0 ? readValue(f) : null,
  }),
});
