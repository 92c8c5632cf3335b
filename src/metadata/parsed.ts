/** What is wrong at one byte of a metadata file. The text never repeats what the file holds there. */
export interface MetadataProblem {
  /** Byte offset in the file. */
  readonly offset: number;
  /** The field, as the parsed value names it, or what else the problem is about. */
  readonly field: string;
  readonly problem: string;
}

/** What could be read of a metadata file, and what could not. */
export interface Parsed<T> {
  readonly value: T;
  readonly problems: readonly MetadataProblem[];
}
