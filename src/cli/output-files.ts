import { statSync, writeFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { Format } from '../report/renderers/index.ts';
import { OutputError, UsageError } from './failures.ts';

/** A named output and the format that its extension asks for. */
export interface OutputFile {
  readonly path: string;
  readonly format: Format;
}

/** The extension of every format's files. */
const EXTENSIONS = { text: '.txt', json: '.json', markdown: '.md' } as const satisfies Record<
  Format,
  string
>;

export const OUTPUT_EXTENSIONS: readonly string[] = Object.values(EXTENSIONS);

const formatOf = (path: string): Format => {
  const extension = extname(path).toLowerCase();
  for (const [format, candidate] of Object.entries(EXTENSIONS)) {
    if (candidate === extension) return format as Format;
  }
  throw new UsageError(
    `-o ${path}: the extension must be one of ${OUTPUT_EXTENSIONS.join(', ')}: it decides the format`,
  );
};

/** The files that `-o` names, in order. */
export const outputFiles = (value: unknown): readonly OutputFile[] => {
  const paths: readonly unknown[] = Array.isArray(value) ? value : [value];
  return paths.map((path) => {
    if (typeof path !== 'string' || path === '') throw new UsageError('-o needs a file');
    return { path, format: formatOf(path) };
  });
};

/** Device and inode: a file whatever it is called. Null when there is none. */
const identity = (path: string): string | null => {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found ? `${found.dev}:${found.ino}` : null;
};

const identityOrNull = (path: string): string | null => {
  try {
    return identity(path);
  } catch {
    return null;
  }
};

/** The output that is one of `inputs` under some name: evidence is never written over. */
export const outputAmongInputs = (
  outputs: readonly OutputFile[],
  inputs: readonly string[],
): string | null => {
  if (outputs.length === 0) return null;
  const read = new Set(inputs.map(identityOrNull).filter((id) => id !== null));
  return outputs.find(({ path }) => read.has(identityOrNull(path) ?? ''))?.path ?? null;
};

/** Writes one output; throws an {@link OutputError} with the system's reason. */
export const writeOutput = ({ path }: OutputFile, text: string): void => {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new OutputError(
      `cannot write ${path}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
};
