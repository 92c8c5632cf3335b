import type { ByteSource } from './byte-source.ts';
import type { Chunks } from './chunks.ts';
import { UnreadableError } from './unreadable-error.ts';

const BLOCK_BYTES = 256 << 10;
/** Kept behind what was released: a look back at the head of a transaction costs no second reading. */
const KEPT_BEHIND = 16 << 20;
/** Servers refuse to send events beyond 1 GiB (`MAX_MAX_ALLOWED_PACKET`): whatever claims more is not held for it. */
const HELD_AT_MOST = (1 << 30) + KEPT_BEHIND;

/**
 * A stream as a source: forward only, but for what it keeps behind the last {@link release}. Memory
 * is taken for bytes that came, never for bytes that are asked for.
 */
export class StreamSource implements ByteSource {
  readonly #chunks: Chunks;
  readonly #file: string;
  readonly #behind: number;
  readonly #most: number;
  /** Blocks of {@link BLOCK_BYTES}, in order; the last one is filled as far as `#end` says. */
  readonly #blocks: Buffer[] = [];
  #spare: Buffer | undefined;
  /** Offset of the first block. */
  #start = 0;
  #end = 0;
  #released = 0;
  #hasEnded = false;

  /** `file` names the stream in errors. `kept` bounds the bytes behind a release, and all that is held. */
  constructor(
    chunks: Chunks,
    file: string,
    kept: { readonly behind: number; readonly atMost: number } = {
      behind: KEPT_BEHIND,
      atMost: HELD_AT_MOST,
    },
  ) {
    this.#chunks = chunks;
    this.#file = file;
    this.#behind = kept.behind;
    this.#most = kept.atMost;
  }

  get size(): number | null {
    return this.#hasEnded ? this.#end : null;
  }

  get problem(): string | null {
    return this.#chunks.problem;
  }

  /** Bytes held now. */
  get held(): number {
    return this.#blocks.length * BLOCK_BYTES;
  }

  /** Throws an {@link UnreadableError} for an offset that is gone. */
  read(into: Uint8Array, at: number, least = into.byteLength): number {
    while (at >= this.#start && !this.#hasEnded && this.#end - at < least) this.#pull();
    if (at < this.#start) {
      const what = 'was read past and is no longer kept';
      throw new UnreadableError(`${this.#file}: at ${at}: ${what}`);
    }
    const length = Math.max(0, Math.min(into.byteLength, this.#end - at));
    for (let done = 0; done < length; ) {
      const from = at + done - this.#start;
      const block = this.#blocks[Math.floor(from / BLOCK_BYTES)] as Buffer;
      const within = from % BLOCK_BYTES;
      const part = block.subarray(within, within + Math.min(length - done, BLOCK_BYTES - within));
      into.set(part, done);
      done += part.byteLength;
    }
    return length;
  }

  release(upTo: number): void {
    if (upTo > this.#released) this.#released = upTo;
  }

  close(): void {
    this.#chunks.close();
  }

  #pull(): void {
    const chunk = this.#chunks.next();
    if (chunk === null) {
      this.#hasEnded = true;
      return;
    }
    for (let done = 0; done < chunk.byteLength; ) {
      const within = this.#end % BLOCK_BYTES;
      if (within === 0) this.#grow();
      const part = chunk.subarray(done, done + BLOCK_BYTES - within);
      (this.#blocks.at(-1) as Buffer).set(part, within);
      done += part.byteLength;
      this.#end += part.byteLength;
    }
  }

  #grow(): void {
    const keptFrom = Math.max(this.#released - this.#behind, this.#end - this.#most);
    while (this.#blocks.length > 0 && this.#start + BLOCK_BYTES <= keptFrom) {
      this.#spare = this.#blocks.shift();
      this.#start += BLOCK_BYTES;
    }
    this.#blocks.push(this.#spare ?? Buffer.allocUnsafeSlow(BLOCK_BYTES));
    this.#spare = undefined;
  }
}
