import { splitLines } from '../text-lines.ts';

/** One line that sets something. */
export interface WrittenOption {
  readonly section: string;
  readonly name: string;
  /** Without quotes and escapes; empty when it has none. */
  readonly value: string;
  /** Whether it is `name=…`, and not `name` alone. */
  readonly hasValue: boolean;
  /** Byte offset of its line. */
  readonly offset: number;
}

/** An option file as written. */
export interface OptionFile {
  readonly options: readonly WrittenOption[];
  readonly sections: readonly string[];
  /** `!include` and `!includedir`, which are not followed. */
  readonly includes: readonly { readonly path: string; readonly offset: number }[];
  /** Offsets of options before any section: a server refuses to start. */
  readonly strays: readonly number[];
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', s: ' ' };

const unescape = (value: string): string =>
  value.replaceAll(/\\([ntrbs"'\\])/g, (_, char: string) => ESCAPES[char] ?? char);

/** Text before a `#` that no quotes enclose. */
const withoutComment = (line: string): string => {
  let quote = '';
  for (let at = 0; at < line.length; at += 1) {
    const char = line.charAt(at);
    if (char === '\\') at += 1;
    else if (quote !== '' ? char === quote : char === '"' || char === "'") {
      quote = quote === '' ? char : '';
    } else if (char === '#' && quote === '') return line.slice(0, at);
  }
  return line;
};

const unquoted = (value: string): string => {
  const quote = value.charAt(0);
  const isQuoted = value.length > 1 && (quote === '"' || quote === "'") && value.endsWith(quote);
  return unescape(isQuoted ? value.slice(1, -1) : value);
};

/**
 * Reads an option file (`my.cnf`): mysys/my_default.cc `search_default_file_with_ext`. Sections are
 * in lower case.
 */
export const readOptionFile = (bytes: Buffer): OptionFile => {
  const options: WrittenOption[] = [];
  const sections: string[] = [];
  const includes: Array<{ path: string; offset: number }> = [];
  const strays: number[] = [];
  let section: string | null = null;
  for (const { text, offset } of splitLines(bytes)) {
    const line = text.replace(/^\uFEFF/, '').trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    const include = /^!include(?:dir)?\s+(.+)$/.exec(line);
    const head = /^\[([^\]]*)\]/.exec(line);
    if (include) includes.push({ path: String(include[1]), offset });
    else if (head) {
      section = String(head[1]).trim().toLowerCase();
      sections.push(section);
    } else if (section === null) strays.push(offset);
    else {
      const content = withoutComment(line);
      const equals = content.indexOf('=');
      const name = (equals < 0 ? content : content.slice(0, equals)).trim();
      const value = equals < 0 ? '' : unquoted(content.slice(equals + 1).trim());
      options.push({ section, name, value, hasValue: equals >= 0, offset });
    }
  }
  return { options, sections, includes, strays };
};

/**
 * Sections that every server reads (mysys/my_default.cc, sql/mysqld.cc `load_default_groups`), and
 * those of one version: `mysqld-8.0`, `mariadb-10.11`.
 */
const SERVER_SECTION =
  /^(?:mysqld|server|mariadb|mariadbd|client-server|galera|(?:mysqld|mariadb|mariadbd)-(?<version>\d+(?:\.\d+)?))$/;

/**
 * Whether a server reads a section, as far as its name tells: one of a version counts when `version`
 * (`10.11.19-MariaDB`) is of that version, or is not known.
 */
export const isServerSection = (section: string, version: string | null): boolean => {
  const match = SERVER_SECTION.exec(section);
  if (!match) return false;
  const only = match.groups?.['version'];
  return only === undefined || version === null || `${version}.`.startsWith(`${only}.`);
};
