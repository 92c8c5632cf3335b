import { sqlTokens } from '../binlog/sql-tokens.ts';

/** Literals of one statement that are looked at. */
const LITERALS = 10_000;

const unquoted = (token: string): string => {
  const start = token.search(/['"]/);
  return token
    .slice(start + 1, -1)
    .replaceAll(/\\([^])|''|""/g, (both: string, char?: string) => char ?? both.charAt(0));
};

/** As an index would compare it: without the blanks behind, in any case. */
export const folded = (text: string): string => text.trimEnd().toLowerCase();

/**
 * Does the statement hold this value as a literal? Of a key of several columns (`5-7` in an error) all
 * parts count. That it names it is no proof that it changes that row.
 */
export const namesValue = (sql: string, value: string): boolean => {
  const whole = folded(value);
  const parts = new Set(whole.split('-').filter((part) => part !== ''));
  let seen = 0;
  for (const { kind, start, end } of sqlTokens(sql)) {
    if (kind !== 'word' && kind !== 'string') continue;
    const token = sql.slice(start, end);
    const text = folded(kind === 'string' ? unquoted(token) : token);
    if (text === whole) return true;
    parts.delete(text);
    seen += 1;
    if (parts.size === 0) return true;
    if (seen > LITERALS) return false;
  }
  return false;
};
