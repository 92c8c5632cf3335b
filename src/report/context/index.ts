import type { Evidence } from '../../evidence/evidence.ts';
import type { ContextEntry } from './context-entry.ts';
import { delayedReplica } from './delayed-replica.ts';
import { encrypted } from './encrypted.ts';
import { leftOverStatusFiles } from './left-over-status-files.ts';
import { reconnects } from './reconnects.ts';
import { textsDisagree } from './texts-disagree.ts';

/** Every kind of context, one line each. */
export const contexts: ReadonlyArray<(evidence: Evidence) => ContextEntry[]> = [
  reconnects,
  delayedReplica,
  leftOverStatusFiles,
  textsDisagree,
  encrypted,
];
