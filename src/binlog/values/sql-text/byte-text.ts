/**
 * Text whose characters are bytes: what the servers' printers write holds strings in any character
 * set, one beside the other, and is no text of any one of them.
 */
export type ByteText = string & { readonly byteText: unique symbol };

export const fromBytes = (bytes: Uint8Array): ByteText =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1') as ByteText;

/** Its UTF-8. */
export const fromText = (text: string): ByteText =>
  Buffer.from(text, 'utf8').toString('latin1') as ByteText;

export const toBytes = (text: string): Buffer => Buffer.from(text, 'latin1');
