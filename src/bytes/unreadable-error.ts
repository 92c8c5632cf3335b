/** An input that cannot be read, for a reason that is no error of the system's. The message is a sentence. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError';
}
