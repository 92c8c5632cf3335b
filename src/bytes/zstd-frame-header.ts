import { DAMAGED, type Taker, UnpackError } from './taker.ts';

/** Frames with a larger window are refused by zstd itself unless it is told otherwise (`ZSTD_WINDOWLOG_LIMIT_DEFAULT`). */
const WINDOW_MOST = 128 << 20;
/** No zstd makes one that large, whatever it is told (`ZSTD_WINDOWLOG_MAX`). */
const NO_WINDOW = 2 ** 32;

/** The head of one frame, and its bytes, the magic with them. */
export interface ZstdFrameHeader {
  readonly bytes: Buffer;
  readonly windowBytes: number;
  readonly contentBytes: bigint | null;
  readonly hasChecksum: boolean;
}

/** The bytes of a dictionary id, and of a content size, by their flags. */
const DICTIONARY_ID_BYTES = [0, 1, 2, 4] as const;
const CONTENT_SIZE_BYTES = [0, 2, 4, 8] as const;

const readLittleEndian = (bytes: Buffer): bigint =>
  bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);

/**
 * Reads what follows the magic (RFC 8878, 3.1.1.1). Refuses what fzstd would take as it is: windows
 * beyond the limit, dictionaries, reserved bits.
 */
export const readZstdFrameHeader = (taker: Taker, magic: Buffer): ZstdFrameHeader => {
  const descriptor = taker.need(1);
  const flags = descriptor.readUInt8();
  if ((flags & 0x08) !== 0) throw new UnpackError(`${DAMAGED}: a reserved bit is set`);
  const isSingleSegment = (flags & 0x20) !== 0;
  const window = taker.need(isSingleSegment ? 0 : 1);
  const dictionary = taker.need(DICTIONARY_ID_BYTES[(flags & 3) as 0 | 1 | 2 | 3]);
  if (dictionary.some((byte) => byte !== 0)) {
    throw new UnpackError(`needs the zstd dictionary ${readLittleEndian(dictionary)}`);
  }
  const sizeFlag = (flags >> 6) as 0 | 1 | 2 | 3;
  const size = taker.need(sizeFlag === 0 && isSingleSegment ? 1 : CONTENT_SIZE_BYTES[sizeFlag]);
  const contentBytes =
    size.byteLength === 0 ? null : readLittleEndian(size) + (sizeFlag === 1 ? 256n : 0n);
  const windowBytes = isSingleSegment ? Number(contentBytes) : windowOf(window.readUInt8());
  if (windowBytes >= NO_WINDOW) throw new UnpackError(`${DAMAGED}: there is no such window`);
  if (windowBytes > WINDOW_MOST) {
    throw new UnpackError(
      `needs a window of ${windowBytes} bytes, more than ${WINDOW_MOST}: unpack it with zstd -d --memory=${Math.ceil(windowBytes / 2 ** 20)}MB`,
    );
  }
  return {
    bytes: Buffer.concat([magic, descriptor, window, dictionary, size]),
    windowBytes,
    contentBytes,
    hasChecksum: (flags & 0x04) !== 0,
  };
};

const windowOf = (descriptor: number): number => {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
};
