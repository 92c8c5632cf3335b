import type { ByteSource } from '../../bytes/byte-source.ts';

/** How a log was encrypted. */
export interface LogEncryption {
  /** `mysql`: the whole file behind a header; `mariadb`, `percona` (Server 5.7): each event by itself. */
  readonly scheme: 'mysql' | 'mariadb' | 'percona';
  /** Where the header or the Start_encryption event begins. */
  readonly offset: number;
  readonly keyId: string;
  /** Server uuid in the key's name. */
  readonly uuid: string | null;
}

/**
 * A log in clear. Offsets are those of the plain log: in one of MySQL they count from behind the
 * header. A Start_encryption event stays where it is, and what follows it is in clear all the same.
 */
export interface DecryptedSource extends ByteSource {
  readonly decrypted: true;
  readonly encryption: LogEncryption;
}

/** Does this source give a log in clear whose file is encrypted? */
export const isDecrypted = (source: ByteSource): source is DecryptedSource => 'decrypted' in source;
