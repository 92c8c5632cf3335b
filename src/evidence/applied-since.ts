import type { FailedEvent } from './failed-event.ts';
import type { Trouble } from './thread-trouble.ts';

/** Seconds in which workers beside the one that failed may still commit. */
const OTHER_WORKERS = 60;

/**
 * When the applier committed something after this failure, in Unix seconds, as the server's own binary
 * log tells (log_slave_updates): the transaction that failed, or others from elsewhere well after it.
 * Null where nothing shows that.
 */
export const appliedSince = (trouble: Trouble, event: FailedEvent | null): number | null => {
  const { server } = trouble.story;
  const moment = trouble.reports.findLast((report) => report.moment !== null)?.moment ?? null;
  if (moment === null) return null;
  const failed = moment / 1000;
  const later = server.binlogs
    .flatMap(({ files }) => files)
    .flatMap(({ facts: { transactions } }) => [...transactions.sketch, ...transactions.tail])
    .flatMap(({ key, serverId, copy: { writtenAt } }) => {
      if (writtenAt === null || server.ids.includes(serverId)) return [];
      const isIt = event?.key != null && key === event.key;
      return writtenAt > failed + (isIt ? 0 : OTHER_WORKERS) ? [writtenAt] : [];
    });
  return later.length === 0 ? null : Math.min(...later);
};
