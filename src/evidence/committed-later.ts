import type { FailedEvent } from './failed-event.ts';
import { keptTransactions } from './kept-transactions.ts';
import type { Trouble } from './thread-trouble.ts';

/**
 * When the transaction that an applier failed at was committed after all, in Unix seconds, as the
 * server's own binary log tells (MySQL 8.0.1+ with log_replica_updates). Null where nothing shows that.
 */
export const committedLater = (
  { story: { server }, reports }: Trouble,
  event: FailedEvent | null,
): number | null => {
  const moment = reports.findLast((report) => report.moment !== null)?.moment ?? null;
  if (moment === null || event?.key == null) return null;
  const later = server.binlogs
    .flatMap(({ files }) => files)
    .flatMap(({ facts }) => keptTransactions(facts))
    .flatMap(({ key, copy: { writtenAt } }) =>
      key === event.key && writtenAt !== null && writtenAt > moment / 1000 ? [writtenAt] : [],
    );
  return later.length === 0 ? null : Math.min(...later);
};
