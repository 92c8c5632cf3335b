import type { Argv } from 'yargs';
import { exitCode } from '../report/exit-code.ts';
import { type RenderOptions, renderers } from '../report/renderers/index.ts';
import type { Report } from '../report/report.ts';
import type { ScanOptions } from '../scan.ts';
import { OutputError, UsageError } from './failures.ts';
import { inputsOf } from './inputs-of.ts';
import { INTERRUPTED, listenForInterrupt } from './interrupt.ts';
import { keyFilesOf } from './key-options.ts';
import { outputAmongInputs, writeOutput } from './output-files.ts';
import { PLAIN_WIDTH, pageOf } from './page-options.ts';
import { progressMeter } from './progress.ts';
import { type ScanArguments, scanOptions } from './scan-options.ts';
import { writeStdout } from './streams.ts';

/** Why the named outputs must not be written, if so. */
const refuseInputs = (args: ScanArguments, inputs: readonly string[]): string | null => {
  const keyFiles = [...args.keyring, args['keyring-password'] ?? []].flat();
  const path = outputAmongInputs(args.o, [...inputs, ...keyFiles]);
  return path === null ? null : `-o ${path}: is one of the inputs; evidence is never written over`;
};

/** Runs the pipeline; an interrupt ends it early with a report of what was known. */
const judge = async (
  inputs: readonly string[],
  args: ScanArguments,
  signal: AbortSignal,
): Promise<Report> => {
  const meter = progressMeter(process.stderr);
  const options: ScanOptions = {
    now: args.now ?? new Date(),
    staleAfter: args['stale-after'],
    onlyGiven: args['only-given'],
    redact: args.redact,
    onProgress: meter.update,
    signal,
    ...keyFilesOf(args),
    ...(args['log-timezone'] === undefined ? {} : { logZone: args['log-timezone'] }),
    ...(args['server-id'] === undefined ? {} : { serverId: args['server-id'] }),
  };
  const { scan } = await import('../scan.ts');
  try {
    return await scan(inputs, options);
  } finally {
    meter.clear();
  }
};

const toStdout = async (report: Report, args: ScanArguments): Promise<void> => {
  const render: RenderOptions = { ...pageOf(args), minSeverity: args['min-severity'] };
  await writeStdout(renderers[args.format](report, render));
};

/** Never coloured: a file is read by other programs, other people, elsewhere. */
const toFiles = (report: Report, args: ScanArguments): void => {
  const refusal = refuseInputs(
    args,
    report.inputs.map(({ path }) => path),
  );
  if (refusal !== null) throw new OutputError(refusal);
  const render: RenderOptions = {
    width: args.width ?? PLAIN_WIDTH,
    color: 0,
    minSeverity: args['min-severity'],
  };
  for (const output of args.o) writeOutput(output, renderers[output.format](report, render));
};

const scanAndReport = async (args: ScanArguments): Promise<void> => {
  const inputs = inputsOf('scan', args);
  const refusal = refuseInputs(args, inputs);
  if (refusal !== null) throw new UsageError(refusal);

  const interrupt = listenForInterrupt();
  try {
    const report = await judge(inputs, args, interrupt.signal);
    process.exitCode = interrupt.signal.aborted
      ? INTERRUPTED
      : exitCode({ report, failOn: args['fail-on'] });
    await toStdout(report, args);
    toFiles(report, args);
  } finally {
    interrupt.release();
  }
};

/** `scan`: the report on stdout and in the files that `-o` names; sets the exit code. */
export const addScanCommand = (yargs: Argv): Argv =>
  yargs.command(
    'scan [inputs..]',
    'judge logs and status files',
    scanOptions,
    (args): Promise<void> => scanAndReport(args),
  );
