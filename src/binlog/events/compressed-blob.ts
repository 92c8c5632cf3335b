import type { FieldReader } from '../../bytes/field-reader.ts';

/** A part of an event as MariaDB compresses it: still compressed, with the length it claims to have. */
export interface CompressedBlob {
  /** 0 is zlib, the only one there is. */
  readonly algorithm: number;
  /** Bytes, as declared: check it before allocating. */
  readonly uncompressedLength: number;
  /** A zlib stream; a view of the event's bytes. */
  readonly compressed: Buffer;
}

const MARK = 0x80;

/**
 * Reads to the end of the event: `u8 0x80 | algorithm << 4 | width`, then `width` (1 to 4) bytes of
 * uncompressed length, big-endian, then the stream.
 * Source: MariaDB sql/log_event.cc `binlog_buf_compress`.
 */
export const readCompressedBlob = (f: FieldReader): CompressedBlob => {
  const lead = f.u8('compression_header');
  const width = lead & 0x07;
  if (!(lead & MARK) || width < 1 || width > 4) {
    throw f.malformed('compression_header', `${lead} is no header of a compressed part`);
  }
  const algorithm = (lead >> 4) & 0x07;
  const uncompressedLength = f.bytes('uncompressed_length', width).readUIntBE(0, width);
  return {
    algorithm,
    uncompressedLength,
    compressed: f.bytes('compressed', f.remaining),
  };
};
