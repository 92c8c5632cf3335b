import type { ByteSource } from '../../bytes/byte-source.ts';
import { decryptMariadbLog } from './decrypt-mariadb-log.ts';
import type { DecryptedSource } from './decrypted-source.ts';
import type { EventIndex } from './event-index.ts';
import type { KeyStore } from './key-store.ts';
import { decryptMysqlLog } from './mysql-decrypting-source.ts';
import { MYSQL_ENCRYPTED_MAGIC } from './mysql-log-header.ts';
import { findStartOfEncryption } from './start-of-encryption.ts';

/** What opens logs. */
export interface LogKeys {
  /** The log's name, for errors. */
  readonly file: string;
  readonly keys: readonly KeyStore[];
  /** What an earlier reading of the same log learned of its events' places. */
  readonly index?: EventIndex;
}

/**
 * `source` itself where nothing is encrypted, else the log in clear. Throws a `MalformedError` that
 * names the key when no key file has it or none fits; `source` stays open then.
 */
export const decryptLog = (source: ByteSource, keys: LogKeys): ByteSource | DecryptedSource => {
  const magic = Buffer.alloc(MYSQL_ENCRYPTED_MAGIC.length / 2);
  source.read(magic, 0);
  if (magic.toString('hex') === MYSQL_ENCRYPTED_MAGIC) return decryptMysqlLog(source, keys);
  const start = findStartOfEncryption(source, keys.file);
  return start === null ? source : decryptMariadbLog(source, start, keys);
};
