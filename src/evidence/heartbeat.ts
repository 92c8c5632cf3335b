import { defaultNetTimeout } from '../dialects/default-net-timeout.ts';
import type { Channel, Server } from './evidence.ts';

/** Seconds between two heartbeats that the receiver asks for; 0 is off, null is not told. */
export const heartbeatOf = ({ masterInfo }: Channel): number | null =>
  masterInfo?.value.heartbeatPeriod ?? null;

/**
 * Seconds of silence after which the receiver gives its connection up; null: nothing tells. No input
 * that is read today holds it: option files and variables will answer here.
 */
export const netTimeoutOf = (_server: Server): number | null => null;

/** The same where nobody changed it, by the server's version. */
export const presumedNetTimeout = ({ version }: Server): number | null =>
  version && defaultNetTimeout(version);
