/** The command line asks for something that cannot be: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A report could not be written where it was wanted: exit code 4, without a stack. */
export class OutputError extends Error {
  override readonly name = 'OutputError';
}
