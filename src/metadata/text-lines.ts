/** One line of a text file, without its line end. */
export interface TextLine {
  /** UTF-8; ill-formed bytes become U+FFFD. */
  readonly text: string;
  /** Byte offset of its first byte. */
  readonly offset: number;
  /** Byte offset just past its line end. */
  readonly end: number;
  /** False for a last line that the file ends in: it may be cut. */
  readonly terminated: boolean;
}

const LF = 0x0a;
const CR = 0x0d;

/**
 * The lines of `bytes`, no more than `limit`. Servers write LF on every system; CRLF is what editors
 * and transfers make of it. A file that ends in a line end has no empty line after it.
 */
export const splitLines = (bytes: Buffer, limit = Number.POSITIVE_INFINITY): TextLine[] => {
  const lines: TextLine[] = [];
  let offset = 0;
  while (offset < bytes.byteLength && lines.length < limit) {
    const newline = bytes.indexOf(LF, offset);
    const terminated = newline >= 0;
    const stop = terminated ? newline : bytes.byteLength;
    const textEnd = terminated && stop > offset && bytes[stop - 1] === CR ? stop - 1 : stop;
    const end = terminated ? newline + 1 : stop;
    lines.push({ text: bytes.toString('utf8', offset, textEnd), offset, end, terminated });
    offset = end;
  }
  return lines;
};

/** Control characters: what a block that never reached the disk, or a foreign file, shows as. */
export const hasControlCharacters = (text: string): boolean => {
  for (const character of text) if (character < ' ' && character !== '\t') return true;
  return false;
};
