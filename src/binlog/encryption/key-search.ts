import { MalformedError } from '../../bytes/malformed-error.ts';
import type { KeyStore } from './key-store.ts';

/** Ids that an error names at most. */
const NAMED = 5;

/** A secret and where it is from. */
export interface FoundKey {
  readonly keyId: string;
  readonly secret: Buffer;
  readonly file: string;
}

/** The keys with one of these ids, in all files: two servers may both have a key `1`. */
export const findKeys = (stores: readonly KeyStore[], ids: readonly string[]): FoundKey[] =>
  ids.flatMap((keyId) =>
    stores.flatMap((store) => {
      const secret = store.secretOf(keyId);
      return secret === null ? [] : [{ keyId, secret, file: store.file }];
    }),
  );

const listed = (ids: readonly string[]): string => {
  const shown = ids.slice(0, NAMED).join(', ');
  return ids.length > NAMED ? `${shown} and ${ids.length - NAMED} more` : shown || 'none';
};

/** What the key files have instead; `alike` leaves out keys that are no log's. */
export const missingKey = (
  file: string,
  offset: number,
  id: string,
  stores: readonly KeyStore[],
  alike: RegExp,
): MalformedError => {
  const has = stores.map(
    (store) => `${store.file} has ${listed(store.keyIds.filter((other) => alike.test(other)))}`,
  );
  const instead = has.length === 0 ? 'no key file was given' : has.join('; ');
  return new MalformedError(file, offset, 'key id', `needs key ${id}; ${instead}`);
};

/** The keys with the right id, and none of them opens the log. */
export const wrongKey = (
  file: string,
  offset: number,
  keys: readonly FoundKey[],
  problem: string,
): MalformedError => {
  const which = keys.map((key) => `key ${key.keyId} of ${key.file}`).join(' and ');
  return new MalformedError(file, offset, 'key', `${which} does not fit: ${problem}`);
};
