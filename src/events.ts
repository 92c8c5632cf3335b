import { basename } from 'node:path';
import { openFile } from './bytes/byte-source.ts';
import { expandInputs } from './inputs/expand.ts';
import { EventLister, type EventsOptions } from './listing/list-events.ts';

export type { EventsOptions };

/**
 * The events of logs as text, in pieces: first line at once, in constant memory. `inputs` are files,
 * directories and globs; `onProblem` is told of what could not be read.
 */
export async function* events(
  inputs: readonly string[],
  options: EventsOptions,
  onProblem: (problem: string) => void,
): AsyncGenerator<string, void, undefined> {
  const found = await expandInputs(inputs, false);
  for (const { path, problem } of found.missing) onProblem(`${path}: ${problem}`);
  const lister = new EventLister(options, onProblem);
  for (const { path, origin } of found.files) {
    const source = openFile(path);
    try {
      yield* lister.list({ path, name: basename(path), source });
    } finally {
      source.close();
    }
    if (lister.isDone) return;
  }
}
