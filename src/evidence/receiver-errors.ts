import type { MessageKind } from '../metadata/error-log/messages/index.ts';
import type { ThreadReport } from './thread-reports.ts';

/** The source ended the stream, and said why. */
export const isRefusal = ({ kind }: ThreadReport): boolean => kind === 'source-refused';

/** The receiver connected, and did not get past its first questions. */
export const isStartupFailure = ({ kind }: ThreadReport): boolean =>
  kind === 'handshake-failed' || kind === 'source-clock-unknown' || kind === 'equal-server-ids';

export const isConnectFailure = ({ kind }: ThreadReport): boolean =>
  kind === 'receiver-connect-failed' || kind === 'receiver-reconnect-failed';

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
export const isOtherReceiverError = (report: ThreadReport): boolean => {
  if (report.witness === 'error-log') return ENDS_IT.has(report.kind);
  const isOfARule = isRefusal(report) || isStartupFailure(report) || isConnectFailure(report);
  return report.errorNumber !== null && !isOfARule;
};
