import type { ByteSource } from '../../bytes/byte-source.ts';
import { MalformedError } from '../../bytes/malformed-error.ts';
import { type EventHeader, FLAG, HEADER_LENGTH, readHeader } from '../event-header.ts';
import { EVENT } from '../event-type.ts';
import { CHECKSUM_ALGORITHM } from '../events/format-description.ts';
import { decodeBody } from '../events/index.ts';

/** What stands in clear before the first encrypted event. */
export interface StartOfEncryption {
  readonly offset: number;
  /** Where the first encrypted event begins. */
  readonly end: number;
  readonly typeCode: number;
  readonly keyVersion: number;
  readonly scheme: number;
  /** 12 bytes: the IV of an event is this and the event's offset. */
  readonly nonce: Buffer;
  readonly checksummed: boolean;
  /** Unix seconds, server id: those of the format description. */
  readonly timestamp: number;
  readonly serverId: number;
}

const MAGIC = 'fe62696e';
const MAGIC_BYTES = 4;
const HEAD_BYTES = 4096;
/** It is the second event; a server that reads looks no further. */
const LOOKED_AT = 4;

/**
 * Does an event of this type begin the encryption of those behind it? Not with the ignorable flag:
 * so a source sends it, with the events behind it in clear (MDEV-20574, MariaDB sql/sql_repl.cc
 * `send_format_descriptor_event`), and so it stands in relay logs and in copies made through a server.
 */
export const beginsEncryption = ({
  typeCode,
  flags,
}: Pick<EventHeader, 'typeCode' | 'flags'>): boolean =>
  (typeCode === EVENT.START_ENCRYPTION || typeCode === EVENT.PERCONA_START_ENCRYPTION) &&
  (flags & FLAG.IGNORABLE) === 0;

/**
 * The Start_encryption event of a log; null when none is among its first events. Damage before it
 * is for those to tell who read the events.
 */
export const findStartOfEncryption = (
  source: ByteSource,
  file: string,
): StartOfEncryption | null => {
  try {
    return lookForStart(source, file);
  } catch (error) {
    if (error instanceof MalformedError) return null;
    throw error;
  }
};

const lookForStart = (source: ByteSource, file: string): StartOfEncryption | null => {
  const buffer = Buffer.alloc(HEAD_BYTES);
  const head = buffer.subarray(0, source.read(buffer, 0));
  if (head.toString('hex', 0, MAGIC_BYTES) !== MAGIC) return null;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  let offset = MAGIC_BYTES;
  let checksummed = false;
  let format: EventHeader | null = null;
  for (let n = 0; n < LOOKED_AT && offset + HEADER_LENGTH <= head.length; n += 1) {
    const header = readHeader(view, offset);
    const { typeCode, size, serverId } = header;
    const end = offset + size;
    if (size < HEADER_LENGTH || end > head.length) return null;
    const base = offset + HEADER_LENGTH;
    const body = decodeBody(
      typeCode,
      head.subarray(base, end),
      { typeCode, postHeaderLength: 0, flavor: null, serverId },
      { file, base },
    );
    if (body?.type === 'format-description') {
      checksummed = body.checksumAlgorithm === CHECKSUM_ALGORITHM.CRC32;
      format ??= header;
    } else if (body?.type === 'start-encryption' && format && beginsEncryption(header)) {
      const { scheme, keyVersion, nonce } = body;
      const { timestamp } = format;
      return {
        offset,
        end,
        typeCode,
        scheme,
        keyVersion,
        nonce: Buffer.from(nonce),
        checksummed,
        timestamp,
        serverId: format.serverId,
      };
    }
    offset = end;
  }
  return null;
};
