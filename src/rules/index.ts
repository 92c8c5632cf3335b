import { applierPositionBehind } from './applier-position-behind.ts';
import { corruptEvent } from './corrupt-event.ts';
import type { AnyRule } from './define-rule.ts';
import { foreignServerIdLoop } from './foreign-server-id-loop.ts';
import { impossibleSourcePosition } from './impossible-source-position.ts';
import { misleadingLagFigure } from './misleading-lag-figure.ts';
import { positionMismatch } from './position-mismatch.ts';
import { positionOffBoundary } from './position-off-boundary.ts';
import { receiverPositionAhead } from './receiver-position-ahead.ts';
import { receiverPositionBehind } from './receiver-position-behind.ts';
import { relayLogGap } from './relay-log-gap.ts';
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
  staleFormatDescription,
  misleadingLagFigure,
] as readonly unknown[] as readonly AnyRule[];
