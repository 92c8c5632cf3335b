import type { BinlogEvent } from '../binlog/events/index.ts';
import { type MaskedText, maskSecrets } from '../binlog/mask-secrets.ts';
import { statementOf } from '../binlog/statement-of.ts';
import { charsetOfCollation } from '../binlog/values/charset-of-collation.ts';
import { decodeText } from '../binlog/values/decode-text.ts';

/** `MODE_NO_BACKSLASH_ESCAPES` of sql_mode (MySQL sql/query_options.h, MariaDB sql/sql_class.h). */
const NO_BACKSLASH_ESCAPES = 1n << 20n;

/**
 * The text of the statement that an event holds, without its secrets; null where it holds none. Text
 * in a character set that cannot be told is read as UTF-8. `where` names the event in the
 * `MalformedError` that a compressed statement may throw.
 */
export const statementText = (
  body: BinlogEvent | null,
  where: { readonly file: string; readonly offset: number },
): MaskedText | null => {
  const sql = body && statementOf(body, where);
  if (!sql) return null;
  const { charsetClient, sqlMode } = 'statusVars' in body ? body.statusVars : {};
  const charset = charsetClient === undefined ? null : charsetOfCollation(charsetClient);
  const text = (charset && decodeText(sql, charset)) ?? sql.toString('utf8');
  return maskSecrets(text, ((sqlMode ?? 0n) & NO_BACKSLASH_ESCAPES) === 0n);
};
