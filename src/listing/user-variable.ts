import type { BinlogEvent } from '../binlog/events/index.ts';

type UserVariable = Extract<BinlogEvent, { type: 'user-var' }>['value'];

/** The value of a user variable as JSON: integers beyond 2^53 and decimals as text, bytes as hex. */
export const userVariableValue = (variable: UserVariable): null | number | string => {
  if (variable === null) return null;
  const { value } = variable;
  if (Buffer.isBuffer(value)) return `0x${value.toString('hex')}`;
  if (typeof value !== 'bigint') return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
};

/** The same as it would stand in a statement. */
export const userVariableText = (variable: UserVariable): string => {
  if (variable === null) return 'NULL';
  const { kind, value } = variable;
  return kind === 'string' && typeof value === 'string'
    ? `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
    : String(userVariableValue(variable));
};
