import { readFileSync, statSync } from 'node:fs';
import { decryptLog } from '../binlog/encryption/decrypt-log.ts';
import { EventIndex } from '../binlog/encryption/event-index.ts';
import type { KeyStore } from '../binlog/encryption/key-store.ts';
import { readKeyStore } from '../binlog/encryption/read-key-store.ts';
import type { ByteSource } from '../bytes/byte-source.ts';
import { MalformedError } from '../bytes/malformed-error.ts';

/** The files that open encrypted logs. */
export interface KeyFiles {
  /** Key files of any server. */
  readonly keyring?: readonly string[];
  /** A file that holds the password of encrypted key files. */
  readonly keyringPassword?: string;
  /** `file_key_management_use_pbkdf2` of the server (MariaDB 12.0+), when it is none of 0 and 10000. */
  readonly keyringIterations?: number;
}

/** A key file that could not be used. */
export interface KeyProblem {
  readonly path: string;
  readonly offset: number | null;
  readonly problem: string;
}

/** A log as it is to be read. */
export interface UnlockedLog {
  /** In clear where a key opened it. */
  readonly source: ByteSource;
  /** Why the keys did not open it; null when they did, and when there are none. */
  readonly keyProblem: string | null;
}

/** A keyring of a server with a million keys is smaller. */
const LIMIT = 256 << 20;

const readWhole = (path: string): Buffer => {
  const { size } = statSync(path);
  if (size > LIMIT) throw new MalformedError(path, 0, 'size', `${size} bytes are no key file`);
  return readFileSync(path);
};

/** Unlocks logs, encrypted ones with the keys that it has. */
export class KeyRing {
  readonly problems: readonly KeyProblem[];
  readonly #stores: readonly KeyStore[];
  /** So that a log that is opened again for its evidence is not hopped through once more. */
  readonly #indexes = new Map<string, EventIndex>();

  constructor(stores: readonly KeyStore[] = [], problems: readonly KeyProblem[] = []) {
    this.#stores = stores;
    this.problems = problems;
  }

  /** Where no key fits, the log comes back as it is. The caller closes `source`, in both cases. */
  unlock(source: ByteSource, path: string): UnlockedLog {
    if (this.#stores.length === 0) return { source, keyProblem: null };
    try {
      const index = this.#indexes.get(path) ?? new EventIndex();
      this.#indexes.set(path, index);
      const keys = { file: path, keys: this.#stores, index };
      return { source: decryptLog(source, keys), keyProblem: null };
    } catch (error) {
      if (error instanceof MalformedError) return { source, keyProblem: error.problem };
      throw error;
    }
  }
}

/** Reads the key files. One that cannot be used is said, never thrown; no secret is in what is said. */
export const readKeyRing = (files: KeyFiles): KeyRing => {
  const stores: KeyStore[] = [];
  const problems: KeyProblem[] = [];
  const attempt = <T>(path: string, read: (bytes: Buffer) => T): T | undefined => {
    try {
      return read(readWhole(path));
    } catch (error) {
      if (error instanceof MalformedError) {
        const { offset, field, problem } = error;
        problems.push({ path, offset, problem: `${field}: ${problem}` });
      } else if (error instanceof Error && 'syscall' in error) {
        problems.push({ path, offset: null, problem: error.message });
      } else throw error;
      return undefined;
    }
  };
  const { keyringPassword, keyringIterations } = files;
  const password =
    keyringPassword === undefined ? undefined : attempt(keyringPassword, (bytes) => bytes);
  for (const file of files.keyring ?? []) {
    const store = attempt(file, (bytes) =>
      readKeyStore(bytes, {
        file,
        ...(password === undefined ? {} : { password }),
        ...(keyringIterations === undefined ? {} : { pbkdf2Iterations: keyringIterations }),
      }),
    );
    if (store) stores.push(store);
  }
  return new KeyRing(stores, problems);
};
