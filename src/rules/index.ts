import { applierGap } from './applier-gap.ts';
import { applierPositionBehind } from './applier-position-behind.ts';
import { applierStartupFailure } from './applier-startup-failure.ts';
import { applyError } from './apply-error.ts';
import { brokenRelayIndex } from './broken-relay-index.ts';
import { connectFailure } from './connect-failure.ts';
import { corruptEvent } from './corrupt-event.ts';
import type { AnyRule } from './define-rule.ts';
import { duplicateGtid } from './duplicate-gtid.ts';
import { duplicateServerId } from './duplicate-server-id.ts';
import { errantGtid } from './errant-gtid.ts';
import { foreignServerIdLoop } from './foreign-server-id-loop.ts';
import { gtidGap } from './gtid-gap.ts';
import { heartbeatOutlastsTimeout } from './heartbeat-outlasts-timeout.ts';
import { ignoredServerIdInUse } from './ignored-server-id-in-use.ts';
import { impossibleSourcePosition } from './impossible-source-position.ts';
import { longTransaction } from './long-transaction.ts';
import { lostEventsIncident } from './lost-events-incident.ts';
import { misleadingLagFigure } from './misleading-lag-figure.ts';
import { oversizedTransaction } from './oversized-transaction.ts';
import { packetsOutOfOrder } from './packets-out-of-order.ts';
import { positionMismatch } from './position-mismatch.ts';
import { positionOffBoundary } from './position-off-boundary.ts';
import { purgedSourceLog } from './purged-source-log.ts';
import { receiverError } from './receiver-error.ts';
import { receiverPositionAhead } from './receiver-position-ahead.ts';
import { receiverPositionBehind } from './receiver-position-behind.ts';
import { receiverStartupFailure } from './receiver-startup-failure.ts';
import { reconnectStorm } from './reconnect-storm.ts';
import { relayLogGap } from './relay-log-gap.ts';
import { replacedSourceLog } from './replaced-source-log.ts';
import { sourceReadError } from './source-read-error.ts';
import { staleFormatDescription } from './stale-format-description.ts';
import { truncatedLog } from './truncated-log.ts';
import { waitingThread } from './waiting-thread.ts';

/** Every rule, one line each, causes before consequences. */
export const rules: readonly AnyRule[] = [
  foreignServerIdLoop,
  duplicateGtid,
  errantGtid,
  replacedSourceLog,
  impossibleSourcePosition,
  lostEventsIncident,
  purgedSourceLog,
  brokenRelayIndex,
  corruptEvent,
  truncatedLog,
  relayLogGap,
  gtidGap,
  receiverPositionAhead,
  applierGap,
  applierPositionBehind,
  positionOffBoundary,
  positionMismatch,
  receiverPositionBehind,
  sourceReadError,
  applierStartupFailure,
  applyError,
  receiverStartupFailure,
  connectFailure,
  receiverError,
  waitingThread,
  ignoredServerIdInUse,
  duplicateServerId,
  heartbeatOutlastsTimeout,
  reconnectStorm,
  staleFormatDescription,
  oversizedTransaction,
  longTransaction,
  misleadingLagFigure,
  packetsOutOfOrder,
] as readonly unknown[] as readonly AnyRule[];
