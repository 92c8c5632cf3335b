import { openLogs } from './inputs/open-logs.ts';
import { EventLister, type EventsOptions } from './listing/list-events.ts';

export type { EventsOptions };

/**
 * The events of logs as text, in pieces: first line at once, in constant memory. `inputs` are files,
 * directories and globs; what is no log is passed over in a directory. `onProblem` is told of what
 * could not be read.
 */
export async function* events(
  inputs: readonly string[],
  options: EventsOptions,
  onProblem: (problem: string) => void,
): AsyncGenerator<string, void, undefined> {
  const lister = new EventLister(options, onProblem);
  for await (const log of openLogs(inputs, onProblem)) {
    yield* lister.list(log);
    if (lister.isDone) return;
  }
}
