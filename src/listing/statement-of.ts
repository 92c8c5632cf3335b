import type { BinlogEvent } from '../binlog/events/index.ts';
import type { QueryStatusVars } from '../binlog/events/query-status-vars.ts';
import { inflateBlob } from '../binlog/inflate-blob.ts';
import { type MaskedText, maskSecrets } from '../binlog/mask-secrets.ts';
import { charsetOfCollation } from '../binlog/values/charset-of-collation.ts';
import { decodeText } from '../binlog/values/decode-text.ts';

/** `MODE_NO_BACKSLASH_ESCAPES` of sql_mode (MySQL sql/query_options.h, MariaDB sql/sql_class.h). */
const NO_BACKSLASH_ESCAPES = 1n << 20n;

/**
 * The text of the statement that an event holds, without its secrets; null where it holds none. Text
 * in a character set that cannot be told is read as UTF-8. `where` names the event in the
 * `MalformedError` that a compressed statement may throw.
 */
export const statementOf = (
  body: BinlogEvent | null,
  where: { readonly file: string; readonly base: number },
): MaskedText | null => {
  switch (body?.type) {
    case 'query':
    case 'execute-load-query':
      return masked(body.sql, body.statusVars);
    case 'query-compressed':
      return masked(inflateBlob(body.sql, where), body.statusVars);
    case 'rows-query':
    case 'annotate-rows':
      return masked(body.sql, {});
    default:
      return null;
  }
};

const masked = (sql: Buffer, { charsetClient, sqlMode }: QueryStatusVars): MaskedText => {
  const charset = charsetClient === undefined ? null : charsetOfCollation(charsetClient);
  const text = (charset && decodeText(sql, charset)) ?? sql.toString('utf8');
  return maskSecrets(text, ((sqlMode ?? 0n) & NO_BACKSLASH_ESCAPES) === 0n);
};
