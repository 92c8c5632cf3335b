import { applierPositionBehind } from './applier-position-behind.ts';
import { brokenRelayIndex } from './broken-relay-index.ts';
import { corruptEvent } from './corrupt-event.ts';
import type { AnyRule } from './define-rule.ts';
import { duplicateGtid } from './duplicate-gtid.ts';
import { errantGtid } from './errant-gtid.ts';
import { foreignServerIdLoop } from './foreign-server-id-loop.ts';
import { gtidGap } from './gtid-gap.ts';
import { impossibleSourcePosition } from './impossible-source-position.ts';
import { positionMismatch } from './position-mismatch.ts';
import { positionOffBoundary } from './position-off-boundary.ts';
import { purgedSourceLog } from './purged-source-log.ts';
import { receiverPositionAhead } from './receiver-position-ahead.ts';
import { receiverPositionBehind } from './receiver-position-behind.ts';
import { relayLogGap } from './relay-log-gap.ts';
import { staleFormatDescription } from './stale-format-description.ts';
import { truncatedLog } from './truncated-log.ts';

/** Every rule, one line each, causes before consequences. */
export const rules: readonly AnyRule[] = [
  foreignServerIdLoop,
  duplicateGtid,
  errantGtid,
  impossibleSourcePosition,
  purgedSourceLog,
  brokenRelayIndex,
  corruptEvent,
  truncatedLog,
  relayLogGap,
  gtidGap,
  receiverPositionAhead,
  applierPositionBehind,
  positionOffBoundary,
  positionMismatch,
  receiverPositionBehind,
  staleFormatDescription,
] as readonly unknown[] as readonly AnyRule[];
