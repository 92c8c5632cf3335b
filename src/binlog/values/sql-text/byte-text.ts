/**
 * Text whose characters are bytes: what the servers' printers write holds strings in any character
 * set, one beside the other, and is no text of any one of them.
 */
export type ByteText = string & { readonly byteText: unique symbol };

export const fromBytes = (bytes: Uint8Array): ByteText =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1') as ByteText;

// oxlint-disable-next-line no-control-regex
const ASCII = /^[\0-\x7f]*$/;

/** Its UTF-8. */
export const fromText = (text: string): ByteText =>
  (ASCII.test(text) ? text : Buffer.from(text, 'utf8').toString('latin1')) as ByteText;

export const toBytes = (text: string): Buffer => Buffer.from(text, 'latin1');

/** Read as UTF-8: what is none of it becomes U+FFFD. */
export const toText = (text: ByteText): string =>
  ASCII.test(text) ? text : toBytes(text).toString('utf8');
