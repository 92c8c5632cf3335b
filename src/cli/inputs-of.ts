import { UsageError } from './failures.ts';
import { withDash } from './stdin-argument.ts';

interface InputArguments {
  readonly inputs?: readonly string[] | undefined;
  readonly [other: string]: unknown;
}

/** The inputs of a command, with what stands behind `--`: names that begin with a dash. */
export const inputsOf = (command: string, args: InputArguments): readonly string[] => {
  const rest = args['--'];
  const inputs = [...(args.inputs ?? []), ...(Array.isArray(rest) ? rest.map(String) : [])];
  if (inputs.length > 0) return withDash(inputs);
  throw new UsageError(`${command} needs a file, a folder or a glob, or - for stdin`);
};
