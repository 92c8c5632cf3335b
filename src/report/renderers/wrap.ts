import { visible } from './visible.ts';

/** Two columns on a terminal: East Asian wide characters and pictographs. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]/u;
/** No column of their own: combining marks and joiners. */
const ZERO = /[\p{M}\u200c\u200d]/u;
const ASCII = /^[\x20-\x7e]*$/;

/** Columns that `text`, made {@link visible} before, takes on a terminal. */
export const columns = (text: string): number => {
  if (ASCII.test(text)) return text.length;
  let total = 0;
  for (const character of text) total += ZERO.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return total;
};

/** The longest beginning of `text` that fits `limit` columns; at least one character. */
const beginning = (text: string, limit: number): string => {
  let out = '';
  let taken = 0;
  for (const character of text) {
    taken += columns(character);
    if (taken > limit && out !== '') break;
    out += character;
  }
  return out;
};

/** Where a word that is too long is broken: behind a comma of its second half (GTID sets), else anywhere. */
const firstPart = (word: string, limit: number): string => {
  const part = beginning(word, limit);
  const comma = part.lastIndexOf(',') + 1;
  return comma > part.length / 2 ? part.slice(0, comma) : part;
};

/**
 * `text` made visible and wrapped at spaces; a word that is longer than a line is broken. `taken`
 * columns of the first line are in use already.
 */
export const wrap = (text: string, width: number, taken = 0): string[] => {
  const lines: string[] = [];
  let line = '';
  let used = taken;
  for (let word of visible(text).split(/ +/)) {
    if (word === '') continue;
    const gap = line === '' ? 0 : 1;
    if (used > 0 && used + gap + columns(word) > width) {
      lines.push(line);
      line = '';
      used = 0;
    }
    while (columns(word) > width) {
      const part = firstPart(word, width);
      lines.push(part);
      word = word.slice(part.length);
    }
    used += columns(word) + (line === '' ? 0 : 1);
    line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines;
};

const reversed = (text: string): string => Array.from(text).reverse().join('');

/** `text` cut to `width` columns with an ellipsis in its middle: both ends of a path tell something. */
export const shorten = (text: string, width: number): string => {
  if (columns(text) <= width) return text;
  const tail = reversed(beginning(reversed(text), Math.ceil(((width - 1) * 2) / 3)));
  const head = beginning(text, Math.max(1, width - 1 - columns(tail)));
  return `${head}…${tail}`;
};
