import type { Evidence } from '../../evidence/evidence.ts';
import { findReplays, type Replay } from '../../evidence/replays.ts';
import { serverName } from '../../rules/fix/steps.ts';
import { count, list, span } from '../../rules/words.ts';
import type { ContextEntry } from './context-entry.ts';

/** Logs that were fed into a server by hand, as after a restore: no loop, and no delay. */
export const replayedLogs = (evidence: Evidence): ContextEntry[] =>
  findReplays(evidence).map((replay) => {
    const { server, file, offset, sign, transactions, serverIds, age } = replay;
    return {
      kind: 'replayed-logs',
      summary: words(replay),
      at: [
        {
          path: file.path,
          offset,
          length: null,
          field: null,
          source: null,
          gtid: null,
          text: null,
        },
      ],
      facts: { server: server.id, path: file.path, sign, transactions, serverIds, ageSeconds: age },
    };
  });

const words = ({ server, file, sign, transactions, serverIds, age }: Replay): string => {
  const what = `${count(transactions, 'transaction')} of ${list(serverIds.map((id) => `server ${id}`))}`;
  const where = `${file.name} of ${serverName(server)}`;
  return sign === 'twice'
    ? `${what} stand twice in ${where}, the second time all together and in the same order, as after a replay by hand (mysqlbinlog).`
    : `${what} in ${where} ${transactions === 1 ? 'is' : 'are'} older than that log, by up to ${span(age ?? 0)}: replayed by hand (mysqlbinlog), written with SET TIMESTAMP, or received by a replication whose files were not given.`;
};
