import type { CopyFact } from '../facts/facts.ts';
import type { LogFile, Server } from './evidence.ts';
import type { FailedEvent } from './failed-event.ts';
import { keptTransactions } from './kept-transactions.ts';

/** What a server wrote itself under a GTID that was to come from its source. */
export interface PassedBy {
  readonly file: LogFile;
  readonly copy: CopyFact;
}

/**
 * Was a transaction that an applier failed at passed by with SET GTID_NEXT and a transaction, an empty one
 * as a rule, in its place? It carries the GTID of the source’s and the id of the server that wrote it; what
 * an applier commits, or a replicate filter leaves empty, keeps the id of its origin.
 */
export const passedBy = (server: Server, event: FailedEvent | null): PassedBy | null => {
  const failed = event && keptTransactions(event.file.facts).find(({ key }) => key === event.key);
  if (failed?.proof !== 'mysql-gtid' || server.ids.includes(failed.serverId)) return null;
  for (const { files } of server.binlogs) {
    for (const file of files) {
      const own = keptTransactions(file.facts).find(
        ({ key, serverId }) => key === failed.key && server.ids.includes(serverId),
      );
      if (own) return { file, copy: own.copy };
    }
  }
  return null;
};
