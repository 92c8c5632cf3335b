/** A piece of a statement's text. */
export interface SqlToken {
  /**
   * `word`: keyword, name or number; `name`: in backquotes; `string`: in single or double quotes,
   * with its prefix (`X'41'`, `N'a'`, `_utf8'a'`); `symbol`: any other character; `comment`: with
   * its marks. A comment that servers execute is no comment: its content comes as tokens.
   */
  readonly kind: 'word' | 'name' | 'string' | 'symbol' | 'comment';
  readonly start: number;
  /** Behind its last character. */
  readonly end: number;
}

const BLANK = /\s*/y;
const WORD = /[\w$\u0080-\uffff]+/y;
const STRING_PREFIX = /^(?:x|n|b|_\w+)$/i;
/** `/*!50100` and MariaDB's `/*M!100100`. */
const EXECUTED_COMMENT = /\/\*M?!\d*/y;
const DASH_COMMENT = /--(?=\s|$)/y;

const matchEnd = (pattern: RegExp, sql: string, at: number): number => {
  pattern.lastIndex = at;
  return pattern.test(sql) ? pattern.lastIndex : -1;
};

/** Behind `mark`, the next one from `at` on; the end of the text when there is none. */
const behind = (sql: string, mark: string, at: number): number => {
  const found = sql.indexOf(mark, at);
  return found < 0 ? sql.length : found + mark.length;
};

/** Behind the quote that closes the one at `at`: a doubled one, or one after `\`, does not. */
const quotedEnd = (sql: string, at: number, backslashEscapes: boolean): number => {
  const quote = sql[at];
  const escapes = backslashEscapes && quote !== '`';
  for (let i = at + 1; i < sql.length; i += 1) {
    if (escapes && sql[i] === '\\') i += 1;
    else if (sql[i] === quote) {
      if (sql[i + 1] !== quote) return i + 1;
      i += 1;
    }
  }
  return sql.length;
};

const isQuote = (char: string | undefined): boolean => char === "'" || char === '"';

/** The comment that starts at `at`: its end, or -1 when none does. */
const commentEnd = (sql: string, at: number): number => {
  const char = sql[at];
  if (char === '#') return behind(sql, '\n', at);
  if (char === '-' && matchEnd(DASH_COMMENT, sql, at) > 0) return behind(sql, '\n', at);
  return char === '/' && sql[at + 1] === '*' ? behind(sql, '*/', at + 2) : -1;
};

/**
 * The tokens of a statement, read as far as they are asked for. Never fails: what is not closed
 * runs to the end. `backslashEscapes` is false under `NO_BACKSLASH_ESCAPES`.
 */
export function* sqlTokens(sql: string, backslashEscapes = true): Generator<SqlToken, void> {
  let executed = 0;
  for (let at = matchEnd(BLANK, sql, 0); at < sql.length; at = matchEnd(BLANK, sql, at)) {
    const start = at;
    const char = sql[at];
    const open = char === '/' ? matchEnd(EXECUTED_COMMENT, sql, at) : -1;
    if (open > 0) {
      executed += 1;
      at = open;
      continue;
    }
    if (executed > 0 && char === '*' && sql[at + 1] === '/') {
      executed -= 1;
      at += 2;
      continue;
    }
    const comment = commentEnd(sql, at);
    const word = comment < 0 ? matchEnd(WORD, sql, at) : -1;
    let kind: SqlToken['kind'] = 'symbol';
    if (comment > 0) {
      kind = 'comment';
      at = comment;
    } else if (word > 0) {
      const prefixed = isQuote(sql[word]) && STRING_PREFIX.test(sql.slice(start, word));
      kind = prefixed ? 'string' : 'word';
      at = prefixed ? quotedEnd(sql, word, backslashEscapes) : word;
    } else if (isQuote(char) || char === '`') {
      kind = char === '`' ? 'name' : 'string';
      at = quotedEnd(sql, at, backslashEscapes);
    } else at += 1;
    yield { kind, start, end: at };
  }
}
