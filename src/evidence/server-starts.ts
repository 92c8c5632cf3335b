import type { LogChain, LogFile, Server } from './evidence.ts';
import { isNext } from './log-chain.ts';

/** A start of a server, as its own binary log shows it. */
export interface ServerStart {
  readonly chain: LogChain;
  readonly file: LogFile;
  /** Unix seconds. */
  readonly at: number;
  /** How the log before it ends; `unknown` where it was not given. */
  readonly before: 'orderly' | 'crash' | 'unknown';
}

const STOP = 3;
const ROTATE = 4;

/**
 * The first log after a start carries the time of the start in its format description (`created`);
 * logs that follow by rotation carry 0 there (MySQL binlog.cc open_binlog). The log before ends with
 * a Stop event after a shutdown, and with nothing after a crash. RESET MASTER begins such a log, too,
 * but with number 1, before which nothing is.
 */
export const serverStarts = ({ binlogs }: Server): ServerStart[] =>
  binlogs.flatMap((chain) =>
    chain.files.flatMap((file, i) => {
      const created = file.facts.formats[0]?.created ?? 0;
      return created === 0 ? [] : [{ chain, file, at: created, before: endBefore(chain, i) }];
    }),
  );

const endBefore = (chain: LogChain, i: number): ServerStart['before'] => {
  const before = chain.files[i - 1];
  if (!before || !isNext(chain, i - 1)) return 'unknown';
  const last = before.facts.last?.typeCode;
  if (last === STOP) return 'orderly';
  // Rotated, and then started: nothing was written in between
  return last === ROTATE || last === undefined ? 'unknown' : 'crash';
};
