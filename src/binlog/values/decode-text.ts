import { UPPER_HALF } from './single-byte-charsets.ts';

/** Text of `bytes`, null when there is no character for some of them. */
type Decode = (bytes: Buffer) => string | null;

const NO_CHARACTER = '�';
const BEYOND_ASCII = /[^\0-\x7f]/;
const EACH_BEYOND_ASCII = /[^\0-\x7f]/g;
const HIGHEST_CODE_POINT = 0x10ffff;

const singleByte =
  (upper: string): Decode =>
  (bytes) => {
    const text = bytes.toString('latin1');
    if (!BEYOND_ASCII.test(text)) return text;
    const decoded = text.replace(
      EACH_BEYOND_ASCII,
      (byte) => upper[byte.charCodeAt(0) - 0x80] ?? NO_CHARACTER,
    );
    return decoded.includes(NO_CHARACTER) ? null : decoded;
  };

const ascii: Decode = (bytes) => {
  const text = bytes.toString('latin1');
  return BEYOND_ASCII.test(text) ? null : text;
};

/** Swedish 7-bit: letters in the place of punctuation. Source: share/charsets/swe7.xml. */
const SWE7 = new Map(Array.from('@[\\]^`{|}~', (from, i) => [from, 'ÉÄÖÅÜéäöåü'[i] ?? from]));

const swe7: Decode = (bytes) =>
  ascii(bytes)?.replace(/[@[\\\]^`{|}~]/g, (from) => SWE7.get(from) ?? from) ?? null;

/** UTF-8 as both servers have it: without surrogates, a leading BOM kept. */
const utf8: Decode = (bytes) => {
  const text = bytes.toString('utf8');
  return text.includes(NO_CHARACTER) ? whatwg('utf-8')(bytes) : text;
};

const utf32: Decode = (bytes) => {
  if (bytes.length % 4 !== 0) return null;
  let text = '';
  for (let at = 0; at < bytes.length; at += 4) {
    const code = bytes.readUInt32BE(at);
    if (code > HIGHEST_CODE_POINT) return null;
    text += String.fromCodePoint(code);
  }
  return text;
};

const decoders = new Map<string, InstanceType<typeof TextDecoder>>();

/** An encoding of the WHATWG list. A Node built without them all has no decoder for some: null then. */
const whatwg =
  (label: string): Decode =>
  (bytes) => {
    try {
      let decoder = decoders.get(label);
      if (!decoder) {
        decoder = new TextDecoder(label, { fatal: true, ignoreBOM: true });
        decoders.set(label, decoder);
      }
      return decoder.decode(bytes);
    } catch {
      return null;
    }
  };

/**
 * Character sets of several bytes a character are decoded as the WHATWG encoding that contains them.
 * Known differences: it has the characters of cp932 and eucjpms where MySQL's `sjis` and `ujis` have
 * a backslash, a wave dash and some signs of their own.
 */
const DECODERS: ReadonlyMap<string, Decode> = new Map<string, Decode>([
  ...Object.entries(UPPER_HALF).map(([name, upper]) => [name, singleByte(upper)] as const),
  ['ascii', ascii],
  ['swe7', swe7],
  ['utf8mb3', utf8],
  ['utf8mb4', utf8],
  ['ucs2', whatwg('utf-16be')],
  ['utf16', whatwg('utf-16be')],
  ['utf16le', whatwg('utf-16le')],
  ['utf32', utf32],
  ['big5', whatwg('big5')],
  ['gb2312', whatwg('gb18030')],
  ['gbk', whatwg('gb18030')],
  ['gb18030', whatwg('gb18030')],
  ['sjis', whatwg('shift_jis')],
  ['cp932', whatwg('shift_jis')],
  ['ujis', whatwg('euc-jp')],
  ['eucjpms', whatwg('euc-jp')],
  ['euckr', whatwg('euc-kr')],
  ['tis620', whatwg('windows-874')],
]);

/**
 * `bytes` as text of a server's character set. Null for `binary`, for a character set that is not
 * known, and for bytes that have no characters in it: then the bytes themselves are the value.
 */
export const decodeText = (bytes: Buffer, charset: string | null): string | null =>
  charset === null ? null : (DECODERS.get(charset)?.(bytes) ?? null);
