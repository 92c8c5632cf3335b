import { type ByteText, fromBytes, fromText } from './byte-text.ts';
import type { PrinterDialect } from './dialect.ts';

const MAY_NEED_ESCAPE = /[\p{Cc}'\\]/gu;

/** A string in single quotes, bytes as they are where the printer has no escape for them. */
export const quoteString = (value: string | Uint8Array, { escapes }: PrinterDialect): ByteText => {
  const bytes = typeof value === 'string' ? fromText(value) : fromBytes(value);
  const escaped = bytes.replace(MAY_NEED_ESCAPE, (byte) => escapes.get(byte) ?? byte);
  return `'${escaped}'` as ByteText;
};

/** A name in backticks. Source: MySQL sql/log_event.cc `my_strmov_quoted_identifier`. */
export const quoteName = (name: string): ByteText => fromText(`\`${name.replaceAll('`', '``')}\``);
