import type { Evidence } from '../../evidence/evidence.ts';
import type { ContextEntry } from './context-entry.ts';
import { delayedReplica } from './delayed-replica.ts';
import { encrypted } from './encrypted.ts';
import { leftOverStatusFiles } from './left-over-status-files.ts';
import { reconnects } from './reconnects.ts';
import { replayedLogs } from './replayed-logs.ts';
import { restarts } from './restarts.ts';
import { sourceSwitch } from './source-switch.ts';
import { textsDisagree } from './texts-disagree.ts';
import { trueLag } from './true-lag.ts';

/** Every kind of context, one line each. */
export const contexts: ReadonlyArray<(evidence: Evidence) => ContextEntry[]> = [
  reconnects,
  sourceSwitch,
  restarts,
  trueLag,
  replayedLogs,
  delayedReplica,
  leftOverStatusFiles,
  textsDisagree,
  encrypted,
];
