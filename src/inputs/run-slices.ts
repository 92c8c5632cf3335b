import { setImmediate } from 'node:timers/promises';

/**
 * Runs synchronous work to its end, slice by slice: in between, `onSlice` gets what it yields, and
 * an interrupt is heard. Null after one: half a result could not be told from a whole one.
 */
export const runSlices = async <T>(
  work: Generator<number, T>,
  onSlice: (done: number) => void,
  signal?: AbortSignal,
): Promise<T | null> => {
  try {
    for (;;) {
      const step = work.next();
      if (step.done) return step.value;
      onSlice(step.value);
      await setImmediate();
      if (signal?.aborted) return null;
    }
  } finally {
    work.return(undefined as never);
  }
};
