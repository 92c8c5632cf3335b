import type { MessageKind } from '../metadata/error-log/messages/index.ts';
import type { Server } from './evidence.ts';
import type { ThreadReport } from './thread-reports.ts';
import { type Trouble, troublesOf } from './thread-trouble.ts';

const KINDS: ReadonlySet<MessageKind | null> = new Set<MessageKind>([
  'applier-worker-failed',
  'applier-row-failed',
  'applier-statement-failed',
  'applier-retries-exhausted',
  'applier-report',
  'conversion-failed',
  'gtid-out-of-order',
  'incident-applied',
  'relay-log-read-failed',
  'log-checksum-failed',
]);

const READING: ReadonlySet<MessageKind | null> = new Set<MessageKind>([
  'relay-log-read-failed',
  'log-checksum-failed',
]);

/** Could the relay log not be read? Then no event was tried. */
export const isReadFailure = ({ kind }: ThreadReport): boolean => READING.has(kind);

/** In a status every error counts, whatever its words: an applier that stands still is never passed over. */
const isApplyError = ({ kind, witness, errorNumber }: ThreadReport): boolean =>
  KINDS.has(kind) || (witness === 'status-text' && errorNumber !== null);

/** Where appliers of a server stopped at an event, one a channel. */
export const applyFailures = (server: Server): Trouble[] =>
  troublesOf(server, 'applier', isApplyError);
