import { MalformedError } from '../../bytes/malformed-error.ts';
import { defineKeyStore } from './define-key-store.ts';
import type { StoredKey } from './key-store.ts';
import { isSalted, openSalted } from './salted-file.ts';

const KEY_LINE = /^\s*(\d{1,10});((?:[0-9a-f]{2})*)(.?)/i;
const NO_KEY = /^\s*(?:#|$)/;
const KEY_BYTES: readonly number[] = [16, 24, 32];
const MAX_ID = 0xffffffff;

/** The lines of a text with the offsets of their beginnings. */
function* linesOf(text: string): Generator<{ readonly line: string; readonly offset: number }> {
  for (let offset = 0; offset < text.length; ) {
    const end = text.indexOf('\n', offset);
    const next = end < 0 ? text.length : end;
    yield { line: text.slice(offset, next), offset };
    offset = next + 1;
  }
}

const readLines = (text: string, file: string): StoredKey[] => {
  const keys: StoredKey[] = [];
  for (const { line, offset } of linesOf(text)) {
    if (NO_KEY.test(line)) continue;
    const [, id = '', hex = '', behind = ''] = KEY_LINE.exec(line) ?? [];
    if (id === '' || Number(id) < 1 || Number(id) > MAX_ID) {
      throw new MalformedError(file, offset, 'key id', 'the line begins with no "id;"');
    }
    // What follows a key is ignored, but not a digit more
    if (!KEY_BYTES.includes(hex.length / 2) || /[0-9a-f]/i.test(behind)) {
      const problem = `key ${Number(id)} has no 32, 48 or 64 hexadecimal digits`;
      throw new MalformedError(file, offset, 'key', problem);
    }
    keys.push({ id: String(Number(id)), secret: Buffer.from(hex, 'hex') });
  }
  return keys;
};

const firstKeyLine = (text: string): string | undefined => {
  for (const { line } of linesOf(text)) if (!NO_KEY.test(line)) return line;
  return undefined;
};

const HEAD_BYTES = 4096;

/**
 * MariaDB's file of the file_key_management plugin: a key a line, `id;hexadecimal digits`, comments
 * behind `#`; plain, or encrypted with a password (`openssl enc -aes-256-cbc`). Errors in an
 * encrypted one count from the beginning of its text.
 */
export const mariadbKeyFile = defineKeyStore({
  format: 'file_key_management',
  source: 'MariaDB plugin/file_key_management/parser.cc Parser::parse_line',
  matches: (bytes) =>
    isSalted(bytes) || /^\s*\d+;/.test(firstKeyLine(bytes.toString('latin1', 0, HEAD_BYTES)) ?? ''),
  read: (bytes, options) =>
    isSalted(bytes)
      ? openSalted(bytes, options, (text) => readLines(text, options.file))
      : readLines(bytes.toString('latin1'), options.file),
});
