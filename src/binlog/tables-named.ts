import type { SqlToken } from './sql-tokens.ts';
import { sqlTokens } from './sql-tokens.ts';

/** Tokens with one looked at ahead. */
class Statement {
  readonly #sql: string;
  readonly #tokens: Iterator<SqlToken, void>;
  #next: SqlToken | null = null;

  constructor(sql: string) {
    this.#sql = sql;
    this.#tokens = sqlTokens(sql);
    this.advance();
  }

  get atEnd(): boolean {
    return this.#next === null;
  }

  /** The next token's text, in upper case when it is a word or symbol, '' else. */
  get word(): string {
    const kind = this.#next?.kind;
    return kind === 'word' || kind === 'symbol' ? this.#text.toUpperCase() : '';
  }

  get #text(): string {
    return this.#next ? this.#sql.slice(this.#next.start, this.#next.end) : '';
  }

  advance(): void {
    do {
      const step = this.#tokens.next();
      this.#next = step.value ?? null;
    } while (this.#next?.kind === 'comment');
  }

  skip(...words: readonly string[]): void {
    while (words.includes(this.word)) this.advance();
  }

  /** Goes on to the first of these words outside parentheses and answers it; '' at the end. */
  skipTo(...words: readonly string[]): string {
    for (let depth = 0; !this.atEnd; this.advance()) {
      if (depth === 0 && words.includes(this.word)) return this.word;
      if (this.word === '(') depth += 1;
      if (this.word === ')') depth -= 1;
    }
    return '';
  }

  /** The name here, without its quotes; null when there is none. Double quotes count: ANSI_QUOTES. */
  identifier(): string | null {
    const text = this.#text;
    const quote = text[0];
    let name: string | null = null;
    if (this.#next?.kind === 'word') name = text;
    else if (this.#next && (quote === '`' || quote === '"')) {
      const inner = text.endsWith(quote) && text.length > 1 ? text.slice(1, -1) : text.slice(1);
      name = inner.replaceAll(quote + quote, quote);
    }
    if (name !== null) this.advance();
    return name;
  }

  /** `table` or `db.table`. */
  table(defaultDb: string): string | null {
    const first = this.identifier();
    if (first === null) return null;
    if (this.word === '.') {
      this.advance();
      const second = this.identifier();
      if (second !== null) return `${first}.${second}`;
    }
    return defaultDb === '' ? first : `${defaultDb}.${first}`;
  }
}

const MODIFIERS = ['LOW_PRIORITY', 'HIGH_PRIORITY', 'DELAYED', 'QUICK', 'IGNORE'];
const AFTER_REFERENCES = ['SET', 'WHERE', 'ORDER', 'LIMIT', 'RETURNING', ';'];

type Take = (statement: Statement, db: string) => readonly (string | null)[];

/** `a, b AS x JOIN c ON …`: one name at the start and after each comma or JOIN. */
const references: Take = (s, db) => {
  const names = [s.table(db)];
  for (;;) {
    const found = s.skipTo(',', 'JOIN', 'STRAIGHT_JOIN', ...AFTER_REFERENCES);
    if (found === '' || AFTER_REFERENCES.includes(found)) break;
    s.advance();
    names.push(s.table(db));
  }
  return names;
};

const one: Take = (s, db) => [s.table(db)];

/** Names with commas between, as in DROP TABLE. */
const list: Take = (s, db) => {
  const names = [s.table(db)];
  while (s.word === ',') {
    s.advance();
    names.push(s.table(db));
  }
  return names;
};

const insert: Take = (s, db) => {
  s.skip(...MODIFIERS, 'INTO');
  return one(s, db);
};

/**
 * `DELETE FROM a`, or over several tables `DELETE a, b FROM …` and `DELETE FROM a, b USING …`: there
 * the names before may be aliases, those behind are not.
 */
const remove: Take = (s, db) => {
  s.skip(...MODIFIERS);
  const several = s.word !== 'FROM';
  if (several && !s.skipTo('FROM')) return [];
  s.advance();
  if (several) return references(s, db);
  const names = list(s, db);
  if (s.skipTo('USING', ...AFTER_REFERENCES) !== 'USING') return names;
  s.advance();
  return references(s, db);
};

const update: Take = (s, db) => {
  s.skip(...MODIFIERS);
  return references(s, db);
};

const BEFORE_TABLE = ['OR', 'REPLACE', 'TEMPORARY', 'ONLINE', 'OFFLINE', 'IGNORE', 'LOCAL'];
const BEFORE_INDEX = ['UNIQUE', 'FULLTEXT', 'SPATIAL'];

/** `CREATE … TABLE a`, `DROP TABLE a, b`; `CREATE INDEX i ON a`. */
const define =
  (names: Take): Take =>
  (s, db) => {
    s.skip(...BEFORE_TABLE, ...BEFORE_INDEX, 'NO_WRITE_TO_BINLOG');
    if (s.word === 'INDEX') {
      if (!s.skipTo('ON')) return [];
      s.advance();
      return one(s, db);
    }
    if (s.word !== 'TABLE' && s.word !== 'TABLES') return [];
    s.advance();
    s.skip('IF', 'NOT', 'EXISTS');
    return names(s, db);
  };

/** `RENAME TABLE a TO b, c TO d`. */
const renames: Take = (s, db) => {
  const names = [s.table(db)];
  while (s.word === 'TO' || s.word === ',') {
    s.advance();
    names.push(s.table(db));
  }
  return names;
};

const load: Take = (s, db) => {
  if (!s.skipTo('INTO')) return [];
  s.skip('INTO', 'TABLE');
  return one(s, db);
};

const truncate: Take = (s, db) => {
  s.skip('TABLE');
  return one(s, db);
};

const STATEMENTS: Readonly<Record<string, Take>> = {
  INSERT: insert,
  REPLACE: insert,
  UPDATE: update,
  DELETE: remove,
  TRUNCATE: truncate,
  LOAD: load,
  CREATE: define(one),
  ALTER: define(one),
  DROP: define(list),
  RENAME: define(renames),
  ANALYZE: define(list),
  OPTIMIZE: define(list),
  REPAIR: define(list),
  CHECK: define(list),
};

/**
 * The tables a statement changes, as far as its text tells, as `db.table` without quotes; names
 * without a database get `defaultDb`. Of a statement over several tables, all of them. Views,
 * triggers and routines are not looked through.
 */
export const tablesNamed = (sql: string, defaultDb: string): string[] => {
  const statement = new Statement(sql);
  if (statement.word === 'WITH') statement.skipTo('INSERT', 'REPLACE', 'UPDATE', 'DELETE');
  if (statement.word === 'SET' && statement.skipTo('FOR')) statement.advance();
  const verb = statement.word;
  const take = Object.hasOwn(STATEMENTS, verb) ? STATEMENTS[verb] : undefined;
  if (!take) return [];
  statement.advance();
  return [...new Set(take(statement, defaultDb).filter((name) => name !== null))];
};
