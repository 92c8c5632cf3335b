import { bytesOfText, hasKeptBytes } from '../listing/raw-bytes.ts';
import { OutputError } from './failures.ts';

/** A reader that has gone (`| head`) is no error of ours; what else goes wrong, the writer is told. */
export const surviveClosedPipes = (): void => {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
};

// Node keeps stdout open and without an error after EPIPE: only the write itself is told
let readerHasGone = false;

/** Writes to stdout and waits until it is taken. A closed pipe ends it quietly. */
export const writeStdout = (text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    process.stdout.write(hasKeptBytes(text) ? bytesOfText(text) : text, (error) => {
      if (error && (error as NodeJS.ErrnoException).code === 'EPIPE') readerHasGone = true;
      else if (error) {
        reject(new OutputError(`cannot write the report to stdout: ${error.message}`));
      }
      resolve();
    });
  });

/** Has the reader of stdout gone? Then nothing more need be written. */
export const isStdoutClosed = (): boolean => readerHasGone || process.stdout.destroyed;
