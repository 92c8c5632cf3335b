import { splitLines, type TextLine } from '../text-lines.ts';

/** What a terminal's recording has between the words: colours, cursor moves, titles. */
// oxlint-disable-next-line no-control-regex
const ESCAPES = /\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\))/g;

/** Blanks that mail programs and web pages put for a blank; and the mark of UTF-8. */
const ODD_BLANKS = /[\u00a0\u2007\u202f]/g;
const NO_WIDTH = /[\u200b\u2060\ufeff]/g;

/** The lines of a pasted text, each without what only a terminal or a mail program put there. */
export const pastedLines = (bytes: Buffer): TextLine[] =>
  splitLines(bytes).map((line) => {
    // Nearly every line is plain
    // oxlint-disable-next-line no-control-regex
    if (!/[\x1b\u00a0\u2007\u202f\u200b\u2060\ufeff]/.test(line.text)) return line;
    const text = line.text.replace(ESCAPES, '').replace(ODD_BLANKS, ' ').replace(NO_WIDTH, '');
    return { ...line, text };
  });

/** Marks of quotation before a line: `> > `, `| `. */
const QUOTE = /^\s*(?:[>|]\s?)+/;

/**
 * A line without the quotation marks that its block began with; a line that has lost them (a mail
 * program wrapped it) stays as it is.
 */
export const unquote = (text: string, prefix: string): string => {
  if (prefix === '' || text.startsWith(prefix)) return text.slice(prefix.length);
  const mark = prefix.trimEnd();
  if (mark === '') return text;
  return text.startsWith(mark) ? text.slice(mark.length) : text.replace(QUOTE, '');
};

/** Share of control characters up to which a file is text: dumps of bitmaps have a few. */
const FEW = 1 / 20;

/** Whether bytes can be a pasted text at all: no NUL, next to no control characters. */
export const isText = (bytes: Buffer): boolean => {
  if (bytes.includes(0)) return false;
  let controls = 0;
  for (const byte of bytes) {
    // TAB, LF, CR and ESC are what texts have
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x1b) {
      controls += 1;
    }
  }
  return controls <= bytes.byteLength * FEW;
};
