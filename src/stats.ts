import { type KeyFiles, readKeyRing } from './inputs/key-ring.ts';
import { openLogs } from './inputs/open-logs.ts';
import type { EventFilter } from './listing/event-filter.ts';
import { StatsGatherer } from './stats/gather-stats.ts';
import type { Stats } from './stats/stats.ts';

/**
 * What fills logs: sums by file, by table, by transaction and over time. `inputs` are files,
 * directories and globs; what is no log is passed over in a directory. `onProblem` is told of what
 * could not be read, of the first thousand places as they come; the answer counts the others.
 */
export const stats = async (
  inputs: readonly string[],
  options: KeyFiles & { readonly filter: EventFilter },
  onProblem: (problem: string) => void,
): Promise<Stats> => {
  const gatherer = new StatsGatherer(options.filter, onProblem);
  const told = (problem: string) => gatherer.problems.add(problem);
  for await (const log of openLogs(inputs, told, readKeyRing(options))) gatherer.add(log);
  return gatherer.finish();
};
