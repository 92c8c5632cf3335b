import type { TransactionFact } from '../facts/facts.ts';
import { type AppliedInBinlog, orderOf, type RelayedTransaction } from './applied-in-binlog.ts';
import type { Channel, LogChain, LogFile, Server } from './evidence.ts';
import { sourceLogAtHead } from './log-chain.ts';

/**
 * What the applier did behind `known`, told by order. Equal statements of one second have no
 * identity on MySQL before 8.0.1 without GTIDs; but an applier without workers logs in the order of
 * the relay logs, so that the own log from the known one on is a run of these, key by key. Seen on
 * MySQL 5.6.24: after a power loss eight equal inserts stood behind the last one that can be told.
 * Empty where the logs part ways (filters, another channel), or hold no more.
 */
export const appliedInOrder = (
  server: Server,
  channel: Channel,
  known: AppliedInBinlog,
): ReadonlyArray<{
  readonly relayed: RelayedTransaction;
  readonly own: AppliedInBinlog['own'];
}> => {
  const relay = channel.relay;
  const chain = server.binlogs.find(({ files }) =>
    files.some(({ path }) => path === known.own.path),
  );
  if (!relay || !chain || server.channels.length > 1) return [];
  const received = behind(relay, known.last.file.path, known.last.copy.offset);
  const logged = behind(chain, known.own.path, known.own.copy.offset)?.filter(
    ({ one }) => !server.ids.includes(one.serverId),
  );
  if (!received || !logged || logged.length > received.length) return [];
  const pairs = logged.flatMap(({ file, one }, i) => {
    const other = received[i];
    if (!other || other.one.key !== one.key) return [];
    const { copy } = other.one;
    const log = copy.log ?? sourceLogAtHead(relay, other.file);
    return [
      {
        relayed: {
          key: one.key,
          file: other.file,
          copy,
          end: log === null ? null : { file: log, position: copy.position },
          order: orderOf(channel, other.file.path, copy.offset),
        },
        own: { path: file.path, copy: one.copy },
      },
    ];
  });
  return pairs.length === logged.length ? pairs : [];
};

/** All transactions of a chain behind one of them; null where the facts left some out. */
const behind = (
  chain: LogChain,
  path: string,
  offset: number,
): Array<{ readonly file: LogFile; readonly one: TransactionFact }> | null => {
  const at = chain.files.findIndex((file) => file.path === path);
  const [first, ...rest] = at < 0 ? [] : chain.files.slice(at);
  const [oldest] = first?.facts.transactions.tail ?? [];
  if (!first || !oldest || oldest.copy.offset > offset) return null;
  if (rest.some(({ facts: { transactions } }) => transactions.tail.length < transactions.count))
    return null;
  return [first, ...rest].flatMap((file) =>
    file.facts.transactions.tail
      .filter(({ copy }) => file !== first || copy.offset > offset)
      .map((one) => ({ file, one })),
  );
};
