import type { SqlToken } from './sql-tokens.ts';
import { sqlTokens } from './sql-tokens.ts';

const MASK = '<masked>';

/** A statement's text without its secrets. */
export interface MaskedText {
  readonly text: string;
  /** Whether anything was taken out. */
  readonly masked: boolean;
}

/** The literal after one of these is a secret: options, columns, functions, SET PASSWORD. */
const SECRET_WORD =
  /(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|SECRET_KEY|ENCRYPTION_KEY|FILEKEY|AUTHENTICATION_STRING)$/;
/** Any literal between their parentheses is one. */
const SECRET_FUNCTION =
  /^(?:PASSWORD|OLD_PASSWORD|(?:AES|DES)_(?:EN|DE)CRYPT|ENCRYPT|ENCODE|DECODE|KEYRING_KEY_STORE)$/;
/** After IDENTIFIED, the literal after one of these is a secret; after WITH stands a plugin's name. */
const AFTER_IDENTIFIED = new Set(['BY', 'AS', 'USING', 'REPLACE']);
/** Options whose text may hold a secret: FEDERATED, SPIDER and CONNECT tables. */
const CARRIER = new Set(['CONNECTION', 'COMMENT', 'OPTION_LIST']);
const CARRIED = /:\/\/|passw/i;
/** Tables of the `mysql` schema that hold secrets in their rows. */
const SECRET_TABLE = /^(?:USER|GLOBAL_PRIV|SERVERS|SLAVE_MASTER_INFO)$/;
/** Only a text that names one of these can hold a secret. */
const WORTH_A_LOOK = /pass|identified|secret|key|authentication|crypt|code|connection|mysql|:\/\//i;
const DEPTH_LIMIT = 3;

/** `_utf8mb4` before a literal. */
const INTRODUCER = /^_(?:UTF|LATIN|BINARY|ASCII|UCS|CP|GB|BIG5|SJIS|[A-Z]+8)\w*$/;
const BETWEEN = new Set(['=', ':', '(', '<', '>', '!']);

/** What the tokens so far make of the next literal. */
class Expectation {
  /** The next literal is a secret. */
  #next = false;
  #carrier = false;
  #identified = false;
  /** In `SET PASSWORD [FOR user] = …`. */
  #setPassword = false;
  /** Depth of parentheses, and the depth outside the secret function we are in. */
  #depth = 0;
  #function = -1;
  #secretRows = false;
  #before = '';
  #last = '';

  /** A word, name or symbol, in upper case and without quotes. */
  see(text: string): void {
    if (text === '(') {
      if (this.#function < 0 && SECRET_FUNCTION.test(this.#last)) this.#function = this.#depth;
      this.#depth += 1;
    } else if (text === ')') {
      this.#depth -= 1;
      if (this.#depth <= this.#function) this.#function = -1;
    } else if (text === ',') this.#setPassword = false;
    else if (text === ';') {
      this.#identified = false;
      this.#setPassword = false;
      this.#secretRows = false;
    }
    if (this.#last === 'SET' && text === 'PASSWORD') this.#setPassword = true;
    if (text === 'IDENTIFIED') this.#identified = true;
    if (this.#before === 'MYSQL' && this.#last === '.' && SECRET_TABLE.test(text)) {
      this.#secretRows = true;
    }
    if (!BETWEEN.has(text) && !INTRODUCER.test(text)) {
      this.#carrier = CARRIER.has(text);
      this.#next =
        SECRET_WORD.test(text) ||
        (this.#identified && AFTER_IDENTIFIED.has(text)) ||
        (this.#setPassword && (text === 'TO' || text === 'REPLACE'));
    } else if (text === '=' && this.#setPassword) this.#next = true;
    this.#before = this.#last;
    this.#last = text;
  }

  isSecret(literal: string): boolean {
    return (
      this.#next ||
      this.#function >= 0 ||
      this.#secretRows ||
      (this.#carrier && CARRIED.test(literal))
    );
  }
}

const HEX = /^0x[0-9a-f]*$/i;

/** A quoted text as the statement inside it would be read. */
const unquoted = (literal: string): string => {
  const start = literal.search(/['"]/);
  const closed = literal.length > start + 1 && literal.endsWith(literal.charAt(start));
  return literal
    .slice(start + 1, closed ? -1 : undefined)
    .replaceAll(/\\([^])|''|""/g, (both: string, char?: string) => char ?? both.charAt(0));
};

const holdsSecret = (text: string, depth: number): boolean =>
  WORTH_A_LOOK.test(text) && (depth >= DEPTH_LIMIT || mask(text, true, depth + 1).masked);

const mask = (sql: string, backslashEscapes: boolean, depth: number): MaskedText => {
  const expectation = new Expectation();
  let text = '';
  let kept = 0;
  const hide = ({ start, end }: SqlToken) => {
    text += sql.slice(kept, start) + MASK;
    kept = end;
  };
  for (const token of sqlTokens(sql, backslashEscapes)) {
    const part = sql.slice(token.start, token.end);
    if (token.kind === 'comment') {
      if (holdsSecret(part.slice(part.startsWith('#') ? 1 : 2), depth)) hide(token);
    } else if (token.kind === 'string' || HEX.test(part)) {
      if (expectation.isSecret(part) || holdsSecret(unquoted(part), depth)) hide(token);
    } else {
      const name = token.kind === 'name' ? part.replaceAll('`', '') : part;
      expectation.see(name.toUpperCase());
    }
  }
  return kept === 0 ? { text: sql, masked: false } : { text: text + sql.slice(kept), masked: true };
};

/**
 * Puts `<masked>` in the place of each literal that is, or may be, a password or key: in account
 * and replication statements, SET PASSWORD, server and table options, encryption functions, rows of
 * `mysql.user`, and in statements held in comments or strings. A doubtful literal is masked.
 * `backslashEscapes` is false for statements written under `NO_BACKSLASH_ESCAPES`.
 */
export const maskSecrets = (sql: string, backslashEscapes = true): MaskedText =>
  WORTH_A_LOOK.test(sql) ? mask(sql, backslashEscapes, 0) : { text: sql, masked: false };
