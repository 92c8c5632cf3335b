/** The exit code of a process that SIGINT ended. */
export const INTERRUPTED = 130;

/** Turns the first SIGINT into an abort, so that a partial report comes out; the second one ends at once. */
export const listenForInterrupt = (): { readonly signal: AbortSignal; release(): void } => {
  const controller = new AbortController();
  const listener = (): void => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    controller.abort();
    process.stderr.write('Interrupted: the report will be partial. Once more to end at once.\n');
  };
  process.on('SIGINT', listener);
  return { signal: controller.signal, release: () => process.off('SIGINT', listener) };
};
