/** Control characters that the servers know an escape for (`Lex_input_stream::get_text`). */
const escapes: ReadonlyMap<string, string> = new Map([
  ['\0', '\\0'],
  ['\b', '\\b'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\x1a', '\\Z'],
  ["'", "''"],
  ['\\', '\\\\'],
]);

/**
 * What no statement can carry: control characters without an escape (pasted into a client they are
 * keys, printed on a terminal they are commands), line separators and direction marks that let a
 * statement look like another one, and the marks of a name that did not decode (a CHANGE for a
 * name that is not quite the right one makes a new connection).
 */
const unwritable = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\ufffd]/u;

const escapeText = (text: string): string =>
  Array.from(text, (character) => escapes.get(character) ?? character).join('');

/** Can this text stand in a statement? If not, `quoteString` throws. */
export const isQuotable = (text: string): boolean => !unwritable.test(escapeText(text));

/**
 * A string literal on one line that text cannot break out of, whatever the sql_mode: the quote is
 * doubled, which holds everywhere. The backslash is doubled too; under NO_BACKSLASH_ESCAPES that
 * makes another (unknown) name of one that holds a backslash, and nothing worse.
 */
export const quoteString = (text: string): string => {
  const escaped = escapeText(text);
  if (unwritable.test(escaped)) {
    throw new RangeError(`${JSON.stringify(text)} cannot be written in a statement`);
  }
  return `'${escaped}'`;
};
