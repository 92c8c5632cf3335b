import { atLeast, parseServerVersion } from '../../dialects/server-version.ts';
import { defineEvent } from '../define-event.ts';

const SERVER_VERSION_BYTES = 50;
/** Algorithm byte and CRC32 at the end of a checksum-aware server's format description. */
const CHECKSUM_TAIL_BYTES = 5;

/**
 * Checksum algorithms of a log: none, CRC32, "undefined".
 * Source: MySQL libs/mysql/binlog/event/binlog_event.h `enum_binlog_checksum_alg`.
 */
export const CHECKSUM_ALGORITHM = { OFF: 0, CRC32: 1, UNDEFINED: 255 } as const;

export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHM)[keyof typeof CHECKSUM_ALGORITHM];

const isAlgorithm = (n: number): n is ChecksumAlgorithm => n === 0 || n === 1 || n === 255;

/**
 * Whether a server of this version ends its format descriptions with an algorithm byte and a CRC32:
 * MySQL from 5.6.1, MariaDB from 5.3.0 on.
 */
export const isChecksumAware = (serverVersion: string): boolean => {
  const version = parseServerVersion(serverVersion);
  if (!version) return false;
  return version.flavor === 'mariadb' ? atLeast(version, 5, 3, 0) : atLeast(version, 5, 6, 1);
};

/**
 * Whether this is an alpha build that numbered the event types from 19 on in its own way; its logs
 * cannot be read as others.
 * Source: MySQL 5.7 sql/log_event.cc `Format_description_log_event`, `event_type_permutation`.
 */
export const isRenumbered = (serverVersion: string): boolean =>
  /^5\.(?:1\.(?:[1-5]-a_drop5|4-a_drop6)|2\.[0-2]-a_drop6)/.test(serverVersion);

/**
 * The layout of all that follows in a log, until the next one.
 *
 * Unlike other definitions this one reads the WHOLE body after the 19-byte header, checksum with it:
 * whether there is one, only the body can tell. `checksumAlgorithm` and `storedChecksum` are null
 * for servers that know none. `created` is in seconds, 0 except in the first log after a server's
 * start. `postHeaderLengths[type - 1]` is the fixed part of each event type.
 */
export const formatDescription = defineEvent({
  name: 'format-description',
  codes: [15],
  source:
    'MySQL libs/mysql/binlog/event/control_events.h Format_description_event; MariaDB sql/log_event.h Format_description_log_event',
  read: (f) => {
    const binlogVersion = f.u16('binlog_version');
    const padded = f.bytes('server_version', SERVER_VERSION_BYTES);
    const nul = padded.indexOf(0);
    const serverVersion = padded.toString('utf8', 0, nul < 0 ? SERVER_VERSION_BYTES : nul);
    const created = f.u32('create_timestamp');
    const headerLength = f.u8('common_header_len');
    const checksumAware = isChecksumAware(serverVersion);
    const tail = checksumAware ? CHECKSUM_TAIL_BYTES : 0;
    if (f.remaining < tail) {
      throw f.malformed('checksum_alg', `needs ${tail} bytes, ${f.remaining} left`);
    }
    const postHeaderLengths: readonly number[] = [
      ...f.bytes('post_header_len', f.remaining - tail),
    ];
    let checksumAlgorithm: ChecksumAlgorithm | null = null;
    let storedChecksum: number | null = null;
    if (checksumAware) {
      const algorithm = f.u8('checksum_alg');
      if (!isAlgorithm(algorithm)) {
        throw f.malformed('checksum_alg', `${algorithm} is no checksum algorithm`);
      }
      checksumAlgorithm = algorithm;
      storedChecksum = f.u32('checksum');
    }
    return {
      binlogVersion,
      serverVersion,
      created,
      headerLength,
      postHeaderLengths,
      checksumAlgorithm,
      storedChecksum,
    };
  },
});
