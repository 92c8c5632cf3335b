import type { Argv } from 'yargs';
import { visible } from '../report/renderers/visible.ts';
import { type EventsArguments, eventsOptions } from './events-options.ts';
import { filterOf } from './filter-options.ts';
import { inputsOf } from './inputs-of.ts';
import { keyFilesOf } from './key-options.ts';
import { isStdoutClosed, writeStdout } from './streams.ts';

const NOT_ALL_READ = 3;
/** What is written at once; less when so much time has gone by since the last time. */
const PIECE_CHARACTERS = 1 << 16;
const PIECE_MILLISECONDS = 40;

const list = async (args: EventsArguments): Promise<void> => {
  const inputs = inputsOf('events', args);
  const options = {
    format: args.format,
    filter: filterOf(args),
    ...keyFilesOf(args),
    limit: args.limit ?? null,
    rows: args.rows,
    trace: args.trace,
    verbose: args.verbose,
    raw: args.raw,
  };
  const { events } = await import('../events.ts');
  const complain = (problem: string): void => {
    process.exitCode = NOT_ALL_READ;
    process.stderr.write(`repl-forensics: ${visible(problem)}\n`);
  };
  let piece = '';
  let written = 0;
  for await (const text of events(inputs, options, complain)) {
    piece += text;
    if (piece.length < PIECE_CHARACTERS && Date.now() - written < PIECE_MILLISECONDS) continue;
    await writeStdout(piece);
    if (isStdoutClosed()) return;
    piece = '';
    written = Date.now();
  }
  await writeStdout(piece);
};

/** `events`: what logs hold, event by event, on stdout. */
export const addEventsCommand = (yargs: Argv): Argv =>
  yargs.command(
    'events [inputs..]',
    'list the events of logs',
    eventsOptions,
    (args): Promise<void> => list(args),
  );
