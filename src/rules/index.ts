import { applierPositionBehind } from './applier-position-behind.ts';
import { applyError } from './apply-error.ts';
import { connectFailure } from './connect-failure.ts';
import { corruptEvent } from './corrupt-event.ts';
import type { AnyRule } from './define-rule.ts';
import { foreignServerIdLoop } from './foreign-server-id-loop.ts';
import { impossibleSourcePosition } from './impossible-source-position.ts';
import { packetsOutOfOrder } from './packets-out-of-order.ts';
import { positionMismatch } from './position-mismatch.ts';
import { positionOffBoundary } from './position-off-boundary.ts';
import { receiverPositionAhead } from './receiver-position-ahead.ts';
import { receiverPositionBehind } from './receiver-position-behind.ts';
import { receiverStartupFailure } from './receiver-startup-failure.ts';
import { relayLogGap } from './relay-log-gap.ts';
import { sourceReadError } from './source-read-error.ts';
import { staleFormatDescription } from './stale-format-description.ts';
import { truncatedLog } from './truncated-log.ts';

/** Every rule, one line each, causes before consequences. */
export const rules: readonly AnyRule[] = [
  foreignServerIdLoop,
  impossibleSourcePosition,
  corruptEvent,
  truncatedLog,
  relayLogGap,
  receiverPositionAhead,
  applierPositionBehind,
  positionOffBoundary,
  positionMismatch,
  receiverPositionBehind,
  sourceReadError,
  applyError,
  receiverStartupFailure,
  connectFailure,
  staleFormatDescription,
  packetsOutOfOrder,
] as readonly unknown[] as readonly AnyRule[];
