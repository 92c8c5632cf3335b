import { FieldReader } from '../bytes/field-reader.ts';

const MAGIC = 0xfd2fb528;
/** Sixteen magic numbers, `184D2A50` to `184D2A5F`, begin frames that a reader passes over. */
const SKIPPABLE = 0x184d2a5;
const LARGEST_BLOCK = 128 << 10;
const CHECKSUM_BYTES = 4;
/** Windows beyond 128 MiB are refused by the zstd library too, unless it is told otherwise (`ZSTD_WINDOWLOG_LIMIT_DEFAULT`). */
const LARGEST_WINDOW = 128 << 20;

/** Values of `Block_Type`. */
const BLOCK = { RAW: 0, RLE: 1, COMPRESSED: 2 } as const;

/** Bytes of `Frame_Content_Size` by its flag; of flag 0 it has one if the frame is a single segment. */
const CONTENT_SIZE_BYTES = [0, 2, 4, 8] as const;
const DICTIONARY_ID_BYTES = [0, 1, 2, 4] as const;

/** Where one frame lies among its bytes, and what its headers say before anything is decompressed. */
export interface ZstdFrame {
  readonly start: number;
  /** Where its first block begins. */
  readonly blocks: number;
  readonly end: number;
  /** Bytes, as declared; null where the frame does not say. */
  readonly contentSize: number | null;
  /** Bytes that a decoder must be able to look back, as declared. */
  readonly windowSize: number;
  readonly hasChecksum: boolean;
  /** No decoder can get more bytes than this out of the blocks that are there. */
  readonly largestContent: number;
}

const readSize = (f: FieldReader, width: number): number => {
  if (width === 1) return f.u8('Frame_Content_Size');
  if (width === 2) return f.u16('Frame_Content_Size') + 256;
  if (width === 4) return f.u32('Frame_Content_Size');
  const size = f.u64('Frame_Content_Size');
  if (size > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw f.malformed('Frame_Content_Size', `${size} bytes`);
  }
  return Number(size);
};

const readHeader = (f: FieldReader) => {
  const descriptor = f.u8('Frame_Header_Descriptor');
  const singleSegment = (descriptor & 0x20) !== 0;
  if (descriptor & 0x08) throw f.malformed('Frame_Header_Descriptor', 'its reserved bit is set');
  const window = singleSegment ? null : f.u8('Window_Descriptor');
  f.skip('Dictionary_ID', DICTIONARY_ID_BYTES[(descriptor & 3) as 0 | 1 | 2 | 3]);
  const flag = (descriptor >> 6) as 0 | 1 | 2 | 3;
  const sizeBytes = flag === 0 && singleSegment ? 1 : CONTENT_SIZE_BYTES[flag];
  const contentSize = sizeBytes === 0 ? null : readSize(f, sizeBytes);
  const windowBase = window === null ? 0 : 2 ** (10 + (window >> 3));
  const windowSize =
    window === null ? (contentSize ?? 0) : windowBase + (windowBase / 8) * (window & 7);
  if (window !== null && windowSize > LARGEST_WINDOW) {
    throw f.malformed('Window_Descriptor', `a window of ${windowSize} bytes`);
  }
  return { contentSize, windowSize, hasChecksum: (descriptor & 0x04) !== 0 };
};

/** Hops over the blocks of a frame; answers how many bytes they can hold at most. */
const passBlocks = (f: FieldReader): number => {
  let largest = 0;
  for (let last = false; !last; ) {
    const header = f.u24('Block_Header');
    last = (header & 1) !== 0;
    const type = (header >> 1) & 3;
    const size = header >> 3;
    if (size > LARGEST_BLOCK) throw f.malformed('Block_Size', `${size} bytes`);
    if (type > BLOCK.COMPRESSED) throw f.malformed('Block_Type', `${type} is reserved`);
    f.skip('Block_Content', type === BLOCK.RLE ? 1 : size);
    largest += type === BLOCK.COMPRESSED ? LARGEST_BLOCK : size;
  }
  return largest;
};

/**
 * The frames of a zstd stream, one after the other, told by their headers alone: nothing is
 * decompressed, nothing is allocated. Throws a `MalformedError` where a frame is cut or is none.
 * Source: RFC 8878 section 3.
 */
export function* zstdFrames(
  bytes: Buffer,
  where: { file: string; base: number },
): Generator<ZstdFrame, void> {
  const f = new FieldReader(bytes, where);
  while (f.remaining > 0) {
    const start = f.offset - where.base;
    const magic = f.u32('Magic_Number');
    if (magic >>> 4 === SKIPPABLE) {
      f.skip('User_Data', f.u32('Frame_Size'));
      continue;
    }
    if (magic !== MAGIC) throw f.malformed('Magic_Number', `${magic} begins no zstd frame`);
    const header = readHeader(f);
    const blocks = f.offset - where.base;
    const largestContent = passBlocks(f);
    if (header.hasChecksum) f.skip('Content_Checksum', CHECKSUM_BYTES);
    yield { start, blocks, end: f.offset - where.base, ...header, largestContent };
  }
}
