/**
 * Characters that a terminal obeys or does not show: controls (C0, DEL, C1), bidirectional controls,
 * line and paragraph separators, lone surrogates, and the invisible ones names are disguised with.
 */
const INVISIBLE =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}\u00ad\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

const escaped = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  return code <= 0xff ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
};

/** Most text: the test for it is many times quicker than the search for what must be spelled out. */
const PLAIN = /^[ -~]*$/;

/** `text` with every such character spelled out (`\x1b`, `\u{202e}`): safe on a terminal. */
export const visible = (text: string): string =>
  PLAIN.test(text) ? text : text.replace(INVISIBLE, escaped);

/** Whether {@link visible} would change `text`: it cannot be printed as it is and pasted again. */
export const hasInvisible = (text: string): boolean => text.search(INVISIBLE) !== -1;

/** The same characters in finished JSON text, in JSON's own escapes; the line breaks between tokens stay. */
export const visibleJson = (json: string): string =>
  PLAIN.test(json)
    ? json
    : json.replace(INVISIBLE, (character) =>
        character === '\n'
          ? character
          : Array.from(
              { length: character.length },
              (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
            ).join(''),
      );
