/** Puts something in the place of each secret in a statement, or in other words. */
export type Mask = (sql: string) => string;

/**
 * Where a message begins to quote a statement: MySQL and MariaDB sql/log_event.cc `… on query.
 * Default database: '%s'. Query: '%s'`, sql/sql_class.cc `%s Statement: %s`.
 */
const STATEMENT = /\b(?:Query|Statement|query): '?/;

/**
 * A message without the secrets of the statement that it quotes. The statement is masked apart from
 * the words before it: its quotes are its own, and the message's are no literals of SQL.
 */
export const maskText = (text: string, mask: Mask): string => {
  const quote = STATEMENT.exec(text);
  if (!quote) return mask(text);
  const at = quote.index + quote[0].length;
  return mask(text.slice(0, quote.index)) + quote[0] + mask(text.slice(at));
};
