import type { RepeatFact } from '../facts/facts.ts';
import type { Evidence, LogFile, Server } from './evidence.ts';

/** Transactions that seem to have been fed into a server once more, by hand. */
export interface Replay {
  readonly server: Server;
  readonly file: LogFile;
  /** `twice`: they stand in this log before. `older`: they are older than the log itself. */
  readonly sign: 'twice' | 'older';
  readonly transactions: number;
  /** Of the first one of them. */
  readonly offset: number;
  readonly serverIds: readonly number[];
  /** Seconds by which the oldest is older than the log; null for `twice`. */
  readonly age: number | null;
}

/** Fewer may be chance; where likeness alone tells, more are needed. */
const FEWEST = 3;
const FEWEST_ALIKE = 5;
/** Seconds: a transaction that took long may be older than the log it is written to. */
const OLD = 3600;

/**
 * mysqlbinlog | mysql leaves two signs in the binary log of the server that it ran on: a block of
 * transactions that all stand there twice, in the same order; or times from before the log was
 * opened, on a server that replicates from nobody.
 */
export const findReplays = ({
  servers,
  streams,
}: Pick<Evidence, 'servers' | 'streams'>): Replay[] =>
  servers.flatMap((server) =>
    streams
      .filter((stream) => stream.server === server && stream.channel === null)
      .flatMap(({ chain }) =>
        chain.files.flatMap((file) => [...twice(server, file), ...older(server, file)]),
      ),
  );

const twice = (server: Server, file: LogFile): Replay[] => {
  // One copy a channel is a transaction that came two ways
  if (server.channels.length > 1) return [];
  const pairs = file.facts.transactions.repeats
    .filter(({ copies, sameBytes }) => copies === 2 && sameBytes === true)
    .sort((a, b) => a.first.index - b.first.index);
  const [first] = pairs;
  const least = pairs.every(({ proof }) => proof === 'content') ? FEWEST_ALIKE : FEWEST;
  if (!first || pairs.length < least || !isBlock(pairs)) return [];
  return [
    {
      server,
      file,
      sign: 'twice',
      transactions: pairs.length,
      offset: first.last.offset,
      serverIds: idsOf(pairs),
      age: null,
    },
  ];
};

/** Does the second set begin when the first is over, and have its order? */
const isBlock = (pairs: readonly RepeatFact[]): boolean =>
  Math.max(...pairs.map(({ first }) => first.index)) <
    Math.min(...pairs.map(({ last }) => last.index)) &&
  pairs.every(({ last }, i) => last.index > (pairs[i - 1]?.last.index ?? -1));

const older = (server: Server, file: LogFile): Replay[] => {
  const opened = file.facts.formats[0]?.timestamp ?? 0;
  if (server.channels.length > 0 || opened === 0) return [];
  const old = file.facts.transactions.sketch
    .filter(({ timestamp }) => timestamp > 0 && timestamp < opened - OLD)
    .sort((a, b) => a.copy.index - b.copy.index);
  const [first] = old;
  if (!first || old.length < FEWEST) return [];
  return [
    {
      server,
      file,
      sign: 'older',
      transactions: old.length,
      offset: first.copy.offset,
      serverIds: idsOf(old),
      age: opened - Math.min(...old.map(({ timestamp }) => timestamp)),
    },
  ];
};

const idsOf = (list: ReadonlyArray<{ readonly serverId: number }>): number[] =>
  [...new Set(list.map(({ serverId }) => serverId))].sort((a, b) => a - b);
