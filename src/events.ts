import { baseName } from './binlog/coordinates.ts';
import { openFile } from './bytes/byte-source.ts';
import { MalformedError } from './bytes/malformed-error.ts';
import { expandInputs } from './inputs/expand.ts';
import { sortInputs } from './inputs/sort-inputs.ts';
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
  const found = await expandInputs(inputs, false);
  const sorted = sortInputs(found.files);
  for (const { path, problem } of found.missing) onProblem(`${path}: ${problem}`);
  for (const { file, problem } of sorted.unreadable) onProblem(`${file.path}: ${problem}`);
  const others = [...sorted.metadata.map(({ file }) => file), ...sorted.errorLogs];
  const named = others.filter((file) => file.origin === 'named');
  for (const file of [...sorted.unrecognised, ...named]) {
    onProblem(new MalformedError(file.path, 0, 'magic', 'no binary or relay log').message);
  }
  const lister = new EventLister(options, onProblem);
  for (const { file } of sorted.logs) {
    const source = openFile(file.path);
    try {
      yield* lister.list({ path: file.path, name: baseName(file.path), source });
    } finally {
      source.close();
    }
    if (lister.isDone) return;
  }
}
