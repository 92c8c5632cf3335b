import type { KeyStoreFormat, StoredKey } from './key-store.ts';

/** What a key file needs besides its bytes. */
export interface KeyFile {
  /** Named in errors. */
  readonly file: string;
  /** Opens a key file that is itself encrypted; line ends behind it do not count. */
  readonly password?: Buffer;
  /**
   * `file_key_management_use_pbkdf2` of the server (MariaDB 12.0+), the value of openssl's `-iter`;
   * 0 for none. Without it none and openssl's own 10000 are tried: the file does not tell.
   */
  readonly pbkdf2Iterations?: number;
}

/** One format of key files. */
export interface KeyStoreDefinition {
  readonly format: KeyStoreFormat;
  /** The server file that defines the layout. */
  readonly source: string;
  /** By the first bytes: never by the name. */
  matches(bytes: Buffer): boolean;
  /** Throws a `MalformedError` that shows nothing of the file's content but key ids. */
  read(bytes: Buffer, options: KeyFile): readonly StoredKey[];
}

export const defineKeyStore = (definition: KeyStoreDefinition): KeyStoreDefinition => definition;
