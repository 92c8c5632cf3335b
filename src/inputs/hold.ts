import type { ByteSource } from '../bytes/byte-source.ts';
import { UnreadableError } from '../bytes/unreadable-error.ts';

const BLOCK_BYTES = 1 << 20;
/** A binary log of the largest `max_binlog_size`, 1 GiB, and a transaction that went beyond it. */
export const HELD_BYTES = (1 << 30) + (256 << 20);

export interface HoldOptions {
  /** Bytes that are held at most. */
  readonly atMost?: number;
  /** What the stream is called in errors. */
  readonly name: string;
}

/**
 * Takes a stream into memory, so that any of its bytes can be read at any time: data of customers are
 * written nowhere. Yields after each part that comes, so that an interrupt is heard. Throws an
 * {@link UnreadableError} for a stream that is longer than what is held.
 */
export function* hold(
  stream: ByteSource,
  { atMost = HELD_BYTES, name }: HoldOptions,
): Generator<number, ByteSource & { readonly size: number }> {
  const blocks: Buffer[] = [];
  let size = 0;
  for (;;) {
    const within = size % BLOCK_BYTES;
    if (within === 0) blocks.push(Buffer.allocUnsafeSlow(BLOCK_BYTES));
    const room = (blocks.at(-1) as Buffer).subarray(within);
    const got = stream.read(room, size, 1);
    if (got === 0) return held(blocks, size);
    size += got;
    if (size > atMost) {
      throw new UnreadableError(
        `${name}: more than ${atMost} bytes unpacked, which a scan does not hold in memory: unpack it into a file first (events and stats read it as it is)`,
      );
    }
    stream.release?.(size);
    yield size;
  }
}

const held = (blocks: readonly Buffer[], size: number): ByteSource & { readonly size: number } => ({
  size,
  read(into, at) {
    const length = Math.max(0, Math.min(into.byteLength, size - at));
    for (let done = 0; done < length; ) {
      const from = at + done;
      const within = from % BLOCK_BYTES;
      const block = blocks[Math.floor(from / BLOCK_BYTES)] as Buffer;
      const part = block.subarray(within, within + length - done);
      into.set(part, done);
      done += part.byteLength;
    }
    return length;
  },
  close: () => undefined,
});
