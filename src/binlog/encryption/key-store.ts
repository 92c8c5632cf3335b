/** The formats of key files that can be read offline, by the server module that writes them. */
export type KeyStoreFormat = 'component_keyring_file' | 'keyring_file' | 'file_key_management';

/** One key as its file names it. */
export interface StoredKey {
  readonly id: string;
  readonly secret: Buffer;
}

/**
 * The keys of one file. The secrets are private fields, so that neither JSON nor a printed object
 * shows them: they leave through {@link secretOf} alone.
 */
export class KeyStore {
  readonly file: string;
  readonly format: KeyStoreFormat;
  /** In the order of the file. A keyring holds counters as well (`MySQLReplicationKey_<uuid>`). */
  readonly keyIds: readonly string[];
  readonly #secrets: ReadonlyMap<string, Buffer>;

  /** Of keys with one id the last counts, as in the servers. */
  constructor(file: string, format: KeyStoreFormat, keys: readonly StoredKey[]) {
    this.file = file;
    this.format = format;
    this.#secrets = new Map(keys.map(({ id, secret }) => [id, secret]));
    this.keyIds = [...this.#secrets.keys()];
  }

  secretOf(id: string): Buffer | null {
    return this.#secrets.get(id) ?? null;
  }
}
