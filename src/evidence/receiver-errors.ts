import type { MessageKind } from '../metadata/error-log/messages/index.ts';
import type { ThreadReport } from './thread-reports.ts';

/** Errors of a receiver that rules of their own judge: the source’s refusals, its first questions, connects. */
const JUDGED_ELSEWHERE: ReadonlySet<MessageKind | null> = new Set<MessageKind>([
  'source-refused',
  'handshake-failed',
  'source-clock-unknown',
  'equal-server-ids',
  'receiver-connect-failed',
  'receiver-reconnect-failed',
]);

/** Those that end a receiver by the words of an error log alone. */
const ENDS_IT: ReadonlySet<MessageKind | null> = new Set<MessageKind>([
  'gtid-mode-mismatch',
  'heartbeat-unexpected',
  'source-command-failed',
  'network-checksum-failed',
  'packet-too-large',
  'relay-log-write-failed',
  'unexpected-event-sequence',
]);

/** Did the receiver fail by something else? In a status every error counts, whatever its words. */
export const isOtherReceiverError = ({ kind, witness, errorNumber }: ThreadReport): boolean =>
  witness === 'error-log' ? ENDS_IT.has(kind) : errorNumber !== null && !JUDGED_ELSEWHERE.has(kind);
