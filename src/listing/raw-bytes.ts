const HIGH = /[\x80-\xff]/g;
const KEPT = /([\udc80-\udcff]+)/u;
const SURROGATE = 0xdc00;

/**
 * Bytes of any character set as text that {@link bytesOfText} turns back: each byte above 7f is a lone
 * surrogate, as Python's `surrogateescape` has it (PEP 383). Other text never holds one: it is escaped.
 */
export const textOfBytes = (bytes: Buffer): string =>
  bytes
    .toString('latin1')
    .replaceAll(HIGH, (byte) => String.fromCharCode(SURROGATE + byte.charCodeAt(0)));

/** What is to be written: the text as UTF-8, and the bytes that were kept in it as they were. */
export const bytesOfText = (text: string): Buffer =>
  Buffer.concat(
    text
      .split(KEPT)
      .map((part) =>
        KEPT.test(part)
          ? Buffer.from(Array.from(part, (kept) => kept.charCodeAt(0) - SURROGATE))
          : Buffer.from(part, 'utf8'),
      ),
  );

/** Are there such bytes in it? */
export const hasKeptBytes = (text: string): boolean => KEPT.test(text);
