/**
 * The name of a channel (MySQL) or connection (MariaDB) as its files carry it: lower case, in the
 * servers' file-name character set (`strings/ctype-utf8.c`, `my_wc_mb_filename`), where everything
 * but digits, ASCII letters and `_` is `@` and four hex digits. Null for names beyond ASCII: their
 * letters have two-character codes (`ö` is `@1i`) in tables that only the servers hold.
 */
export const encodeChannelName = (name: string): string | null => {
  let encoded = '';
  for (const character of name.toLowerCase()) {
    const code = character.charCodeAt(0);
    if (code > 0x7f) return null;
    encoded += /[0-9a-z_]/.test(character) ? character : `@${code.toString(16).padStart(4, '0')}`;
  }
  return encoded;
};

/**
 * The readable form of an encoded name: `weird@0020name@002f2` is `weird name/2`. Two-character
 * codes stay as they are; the case that was typed is lost.
 */
export const decodeChannelName = (encoded: string): string =>
  encoded.replace(/@([0-9a-f]{4})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );

/**
 * The encoded channel of a `master-<channel>.info` or `relay-log-<channel>.info`, empty for the
 * default one; null when `fileName` (no directory) is no name of an info file.
 */
export const channelOfInfoFile = (fileName: string): string | null => {
  const parts = /^(?:master|(?:worker-)?relay-log)(?:-([^.]+))?\.info(?:\.|$)/i.exec(fileName);
  return parts ? (parts[1] ?? '') : null;
};
