import type { ByteSource } from '../../bytes/byte-source.ts';
import { CHECKSUM_BYTES, checksum } from '../../bytes/checksum.ts';
import { MalformedError } from '../../bytes/malformed-error.ts';
import { HEADER, HEADER_LENGTH, readHeader } from '../event-header.ts';
import { EVENT, isKnownType } from '../event-type.ts';
import type { DecryptedSource, LogEncryption } from './decrypted-source.ts';
import { EVENT_CIPHERS } from './event-ciphers.ts';
import { EventIndex } from './event-index.ts';
import { findKeys, missingKey, wrongKey } from './key-search.ts';
import type { KeyStore } from './key-store.ts';
import { FIRST_BLOCK_END, MariadbDecryptingSource } from './mariadb-decrypting-source.ts';
import type { StartOfEncryption } from './start-of-encryption.ts';

/** The only scheme there is: IV of nonce and offset (MariaDB sql/log_event.h `BINLOG_CRYPTO_SCHEME`). */
const SCHEME = 1;
/** `ENCRYPTION_KEY_SYSTEM_DATA`: MariaDB takes no other key for logs. */
const MARIADB_KEY = '1';
const KEY_BYTES: readonly number[] = [16, 24, 32];
/** Events that are looked at to tell a key that fits: the first may be damaged. */
const EVENTS_TRIED = 8;
/** Bytes of events that are summed for it. */
const BYTES_TRIED = 64 << 20;
/** Flags that no server sets. */
const UNUSED_FLAGS = 0x3c00;
/** Seconds that an event may be away from its log's format description: ten years. */
const NEAR = 10 * 366 * 86_400;

/** What the start of encryption says, in the words of key files. */
export const mariadbEncryption = ({
  typeCode,
  offset,
  keyVersion,
}: Pick<StartOfEncryption, 'typeCode' | 'offset' | 'keyVersion'>): LogEncryption =>
  typeCode === EVENT.PERCONA_START_ENCRYPTION
    ? { scheme: 'percona', offset, keyId: `percona_binlog:${keyVersion}`, uuid: null }
    : { scheme: 'mariadb', offset, keyId: MARIADB_KEY, uuid: null };

/** Percona Server 5.7.20-18 named its key without a version. */
const idsOf = ({ scheme, keyId }: LogEncryption): string[] =>
  scheme === 'percona' ? [keyId, 'percona_binlog'] : [keyId];

/** The checksum of the event at `offset`, summed piece by piece. */
const checksumFits = (source: ByteSource, offset: number, size: number): boolean => {
  const piece = Buffer.alloc(Math.min(size, 1 << 18));
  let sum = 0;
  for (let done = 0; done < size - CHECKSUM_BYTES; ) {
    const part = piece.subarray(0, Math.min(piece.length, size - CHECKSUM_BYTES - done));
    if (source.read(part, offset + done) < part.length) return false;
    // In a source's format description the flag "in use" does not count: such an event proves nothing
    sum = checksum(part, 0, part.length, sum);
    done += part.length;
  }
  const stored = Buffer.alloc(CHECKSUM_BYTES);
  const got = source.read(stored, offset + size - CHECKSUM_BYTES);
  return got === CHECKSUM_BYTES && stored.readUInt32LE(0) === sum;
};

/** Could this be a header? Noise passes once in some thousand times. */
const isPlausible = (view: DataView, { timestamp: written }: StartOfEncryption): boolean => {
  const { typeCode, timestamp, flags } = readHeader(view, 0);
  return (
    typeCode !== 0 &&
    isKnownType(typeCode) &&
    (flags & UNUSED_FLAGS) === 0 &&
    (timestamp === 0 || Math.abs(timestamp - written) < NEAR)
  );
};

/**
 * Does the log make sense in this clear? When one of its first events has the right checksum, or
 * bears the id of the log's own server (32 bits that are no accident) in a plausible header. Where
 * there are no checksums, or no event is whole, plausible headers suffice; a log that ends with its
 * Start_encryption event has nothing that could contradict.
 */
const makesSense = (source: ByteSource, start: StartOfEncryption): boolean => {
  const header = Buffer.alloc(FIRST_BLOCK_END);
  const view = new DataView(header.buffer, header.byteOffset, header.length);
  let summed = 0;
  let seen = 0;
  let plausible = 0;
  let at = start.end;
  for (let n = 0; n < EVENTS_TRIED; n += 1) {
    const got = source.read(header, at);
    if (got < HEADER_LENGTH) break;
    const size = header.readUInt32LE(HEADER.size);
    if (size < HEADER_LENGTH || got < Math.min(size, FIRST_BLOCK_END)) break;
    // An event that fills no block comes out the same in every mode
    if (size >= FIRST_BLOCK_END) {
      seen += 1;
      if (isPlausible(view, start)) {
        if (readHeader(view, 0).serverId === start.serverId) return true;
        plausible += 1;
      }
    }
    const isWhole = source.size === null || at + size <= source.size;
    if (start.checksummed && isWhole && summed + size <= BYTES_TRIED) {
      summed += size;
      if (size >= HEADER_LENGTH + CHECKSUM_BYTES && checksumFits(source, at, size)) return true;
    }
    at += size;
  }
  return summed === 0 && plausible === seen;
};

/**
 * A log behind its Start_encryption event in clear: the mode of operation and, where several key
 * files have a key of that id, the key are told by whether the events make sense. Throws a
 * `MalformedError` when there is no such key, or none fits.
 */
export const decryptMariadbLog = (
  source: ByteSource,
  start: StartOfEncryption,
  {
    file,
    keys,
    index = new EventIndex(),
  }: { readonly file: string; readonly keys: readonly KeyStore[]; readonly index?: EventIndex },
): DecryptedSource => {
  const encryption = mariadbEncryption(start);
  if (start.scheme !== SCHEME) {
    const problem = `${start.scheme} is not known here`;
    throw new MalformedError(file, start.offset + HEADER_LENGTH, 'crypto_scheme', problem);
  }
  const isPercona = encryption.scheme === 'percona';
  const found = findKeys(keys, idsOf(encryption));
  if (found.length === 0) {
    const alike = isPercona ? /^percona_binlog/ : /^\d+$/;
    throw missingKey(file, start.offset, encryption.keyId, keys, alike);
  }
  for (const { secret, keyId } of found) {
    if (!KEY_BYTES.includes(secret.length)) continue;
    for (const cipher of EVENT_CIPHERS[isPercona ? 'percona' : 'mariadb']) {
      const key = { start, secret, cipher };
      const candidate = new MariadbDecryptingSource(source, key, { ...encryption, keyId }, index);
      if (makesSense(candidate, start)) return candidate;
    }
  }
  const version = isPercona ? '' : ` (the log was written with version ${start.keyVersion})`;
  throw wrongKey(file, start.offset, found, `the events would make no sense${version}`);
};
