import type { ByteSource } from '../bytes/byte-source.ts';
import { type OpenInput, openInput, STDIN_PATH } from '../bytes/open-input.ts';
import type { Compression } from '../bytes/packing.ts';
import { hold } from './hold.ts';

/** Bytes of unpacked inputs that stay in memory to look at them again. */
const KEPT_BYTES = 512 << 20;

/** The bytes of an input, at any offset. */
export interface SeekableInput {
  readonly source: ByteSource & { readonly size: number };
  readonly compression: Compression | null;
  /** Why not all of the input came out: compressed data that are cut or damaged. */
  readonly problem: string | null;
  /** To be called when nothing more is read. */
  readonly release: () => void;
}

const hasSize = (source: ByteSource): source is ByteSource & { readonly size: number } =>
  source.size !== null;

/**
 * The inputs of one scan, which looks back at what it has passed: plain files are read where they
 * lie, standard input and compressed files are held in memory. The newest of these are kept, since
 * their excerpts are shown at the end; others are unpacked a second time.
 */
export class SeekableInputs {
  /** Oldest use first. */
  readonly #kept = new Map<string, SeekableInput>();
  readonly #keptBytes: number;

  constructor(keptBytes = KEPT_BYTES) {
    this.#keptBytes = keptBytes;
  }

  /** Opens an input to look at its head. */
  look(path: string): OpenInput {
    const kept = this.#use(path);
    if (!kept) return openInput(path);
    const { source, compression, problem } = kept;
    const { size } = source;
    const read: ByteSource['read'] = (into, at) => source.read(into, at);
    return {
      source: { size, problem, read, close: () => undefined },
      compression,
      taken: () => null,
    };
  }

  /** Opens an input for looks anywhere; yields the bytes taken from it while it is unpacked. */
  *open(path: string): Generator<number, SeekableInput> {
    const kept = this.#use(path);
    if (kept) return kept;
    const { source, compression, taken } = openInput(path);
    if (hasSize(source)) {
      return { source, compression, problem: null, release: () => source.close() };
    }
    try {
      const work = hold(source, { name: path });
      let step = work.next();
      try {
        for (; !step.done; step = work.next()) yield taken() ?? step.value;
      } finally {
        work.return(undefined as never);
      }
      return this.#keep(path, {
        source: step.value,
        compression,
        problem: source.problem ?? null,
        release: () => undefined,
      });
    } finally {
      source.close();
    }
  }

  /** As {@link open}, at one go. */
  openNow(path: string): SeekableInput {
    const work = this.open(path);
    for (;;) {
      const step = work.next();
      if (step.done) return step.value;
    }
  }

  close(): void {
    for (const { source } of this.#kept.values()) source.close();
    this.#kept.clear();
  }

  #use(path: string): SeekableInput | undefined {
    const kept = this.#kept.get(path);
    if (kept) {
      this.#kept.delete(path);
      this.#kept.set(path, kept);
    }
    return kept;
  }

  #keep(path: string, input: SeekableInput): SeekableInput {
    const sizeOf = () => [...this.#kept.values()].reduce((sum, { source }) => sum + source.size, 0);
    while (sizeOf() + input.source.size > this.#keptBytes && this.#dropOldest());
    this.#kept.set(path, input);
    return input;
  }

  /** Standard input comes once only, and stays. */
  #dropOldest(): boolean {
    const oldest = [...this.#kept.keys()].find((path) => path !== STDIN_PATH);
    if (oldest === undefined) return false;
    this.#kept.get(oldest)?.source.close();
    return this.#kept.delete(oldest);
  }
}
