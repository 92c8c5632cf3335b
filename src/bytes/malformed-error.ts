/** Bytes contradict the format. Caught by the facts layer, where it becomes an integrity fact. */
export class MalformedError extends Error {
  override readonly name = 'MalformedError';
  readonly file: string;
  /** Byte offset in `file` where the field begins. */
  readonly offset: number;
  readonly field: string;
  readonly problem: string;

  constructor(file: string, offset: number, field: string, problem: string) {
    super(`${file}: at ${offset}: ${field}: ${problem}`);
    this.file = file;
    this.offset = offset;
    this.field = field;
    this.problem = problem;
  }
}
