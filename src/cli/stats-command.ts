import type { Argv } from 'yargs';
import { visible } from '../report/renderers/visible.ts';
import { statsRenderers } from '../stats/renderers/index.ts';
import { filterOf } from './filter-options.ts';
import { inputsOf } from './inputs-of.ts';
import { keyFilesOf } from './key-options.ts';
import { pageOf } from './page-options.ts';
import { type StatsArguments, statsOptions } from './stats-options.ts';
import { writeStdout } from './streams.ts';

const NOT_ALL_READ = 3;

const sumUp = async (args: StatsArguments): Promise<void> => {
  const inputs = inputsOf('stats', args);
  const { stats } = await import('../stats.ts');
  const complain = (problem: string): void => {
    process.exitCode = NOT_ALL_READ;
    process.stderr.write(`repl-forensics: ${visible(problem)}\n`);
  };
  const found = await stats(inputs, { filter: filterOf(args), ...keyFilesOf(args) }, complain);
  if (found.problemsLeftOut > 0) complain(`${found.problemsLeftOut} more problems`);
  await writeStdout(statsRenderers[args.format](found, { ...pageOf(args), top: args.top }));
};

/** `stats`: what fills logs, on stdout. */
export const addStatsCommand = (yargs: Argv): Argv =>
  yargs.command(
    'stats [inputs..]',
    'sum up what fills logs',
    statsOptions,
    (args): Promise<void> => sumUp(args),
  );
