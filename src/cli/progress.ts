import { visible } from '../report/renderers/visible.ts';
import { size } from '../report/renderers/words.ts';
import { shorten } from '../report/renderers/wrap.ts';

export interface Progress {
  readonly path: string;
  readonly doneBytes: number;
  readonly totalBytes: number;
}

/** Milliseconds before the first line: short work shows none. */
const PATIENCE = 1000;
const BETWEEN_DRAWINGS = 100;
const ERASE_LINE = '\r\u001b[K';

export interface ProgressMeter {
  readonly update: (progress: Progress) => void;
  /** Takes the line away before something else is written. */
  readonly clear: () => void;
}

/** One line on a terminal that is drawn over and over; silent where `stream` is no terminal. */
export const progressMeter = (
  stream: Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>,
  clock: () => number = () => performance.now(),
): ProgressMeter => {
  const start = clock();
  let drawn = Number.NEGATIVE_INFINITY;
  return {
    update({ path, doneBytes, totalBytes }) {
      const time = clock();
      if (!stream.isTTY || time - start < PATIENCE || time - drawn < BETWEEN_DRAWINGS) return;
      drawn = time;
      const tail =
        totalBytes > 0 ? ` ${Math.floor((100 * doneBytes) / totalBytes)} %` : ` ${size(doneBytes)}`;
      const room = Math.max(10, (stream.columns || 80) - tail.length - 1);
      stream.write(`${ERASE_LINE}${shorten(visible(path), room)}${tail}`);
    },
    clear() {
      if (drawn > 0) stream.write(ERASE_LINE);
      drawn = Number.NEGATIVE_INFINITY;
    },
  };
};
