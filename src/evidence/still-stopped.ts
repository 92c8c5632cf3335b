import { orderOf, relayedTransactions } from './applied-in-binlog.ts';
import type { FailedEvent } from './failed-event.ts';
import { loggedKeys } from './kept-transactions.ts';
import { ownLogEnd } from './logged-otherwise.ts';
import type { Trouble } from './thread-trouble.ts';

/**
 * What tells that a failure of an applier goes on. Its starts are notes, which MySQL 8.0 and later do not
 * log by default (log_error_verbosity 2): a log without any would not show that it is over.
 */
export type StillStopped =
  /** A log with notes, or a status, has the last word. */
  | 'told'
  /** What follows in the relay logs is not in the replica’s own binary log, which holds what it applies. */
  | 'nothing-applied'
  /** The error log ends there. */
  | 'newest-entry'
  | 'unknown';

/** Seconds in which a server that goes on writes some entry after it, or a person looks. */
const SOON = 3600;
/** One might be two logs that were not copied at one moment. */
const BEHIND = 2;

/** Of a failure that nothing says to be over. */
export const stillStopped = (trouble: Trouble, event: FailedEvent | null): StillStopped => {
  const { reports, story } = trouble;
  const { errorLogs } = story.server.observed;
  const hasNotes = errorLogs.some(({ value }) =>
    value.messages.some(({ level }) => level === 'Note'),
  );
  if (hasNotes || reports.some((one) => one.witness === 'status-text')) return 'told';
  if (nothingApplied(trouble, event)) return 'nothing-applied';
  const failed = Math.max(...reports.map(({ time }) => (time === null ? 0 : Date.parse(time))));
  const ends = errorLogs.map(({ value }) => (value.last ? Date.parse(value.last.text) : 0));
  return failed > 0 && Math.max(...ends) - failed < SOON * 1000 ? 'newest-entry' : 'unknown';
};

const nothingApplied = (
  { story: { server, channel } }: Trouble,
  event: FailedEvent | null,
): boolean => {
  const view = server.channels.find(({ name }) => name === channel);
  if (!view || event?.key == null) return false;
  const relayed = relayedTransactions(view);
  // What is logged in another form does not lack there
  if (!ownLogEnd(server, view)) return false;
  const own = loggedKeys(server);
  const failing = orderOf(view, event.file.path, event.copy?.offset ?? event.offset);
  const behind = relayed.filter(({ order }) => order > failing);
  return !own.has(event.key) && behind.length >= BEHIND && behind.every(({ key }) => !own.has(key));
};
