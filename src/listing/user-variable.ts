import type { BinlogEvent } from '../binlog/events/index.ts';
import { charsetOfCollation } from '../binlog/values/charset-of-collation.ts';
import { readDecimal } from '../binlog/values/decimal.ts';
import { decodeText } from '../binlog/values/decode-text.ts';
import { FieldReader } from '../bytes/field-reader.ts';

type UserVariable = Extract<BinlogEvent, { type: 'user-var' }>['value'];

/** The value of a user variable: integers beyond 2^53 and decimals as text, other bytes as hex. */
export const userVariableValue = (value: UserVariable): null | number | string => {
  if (value === null) return null;
  const { kind, bytes, unsigned, collation } = value;
  switch (kind) {
    case 'int': {
      if (bytes.length !== 8) break;
      const number = unsigned ? bytes.readBigUInt64LE(0) : bytes.readBigInt64LE(0);
      return Number.isSafeInteger(Number(number)) ? Number(number) : String(number);
    }
    case 'real':
      if (bytes.length === 8) return bytes.readDoubleLE(0);
      break;
    case 'decimal': {
      const f = new FieldReader(bytes, { file: '', base: 0 });
      return bytes.length < 2 ? '' : readDecimal(f, f.u8('precision'), f.u8('scale'));
    }
    case 'string': {
      const text = decodeText(bytes, charsetOfCollation(collation));
      if (text !== null) return text;
      break;
    }
    case 'invalid':
      break;
  }
  return `0x${bytes.toString('hex')}`;
};

/** The same as it would stand in a statement. */
export const userVariableText = (value: UserVariable): string => {
  if (value === null) return 'NULL';
  const read = userVariableValue(value);
  return value.kind === 'string' && typeof read === 'string' && !read.startsWith('0x')
    ? `'${read.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
    : String(read);
};
