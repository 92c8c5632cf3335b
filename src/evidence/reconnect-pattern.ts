import type { ReconnectCause, Stretch } from './reconnect-history.ts';

/** What reconnects look like together. */
export type ReconnectPattern =
  | 'read-timeout'
  | 'another-receiver-or-killed'
  | 'receiver-restarted'
  | 'idle'
  | 'unknown';

/** How near to a timeout a spacing must lie. */
const NEAR = 0.15;
/** Less may be chance. */
const FEW = 5;
/** Seconds: MASTER_CONNECT_RETRY by default, after which a receiver that was cut off tries again. */
const RETRY = 60;

export const countCauses = (stretches: readonly Stretch[]): Record<ReconnectCause, number> => {
  const counts = { 'source-restart': 0, 'receiver-start': 0, idle: 0, 'in-traffic': 0 };
  for (const { cause } of stretches) if (cause !== null) counts[cause] += 1;
  return counts;
};

/** `every`: seconds from one to the next where they are even; `timeout`: the receiver's, where known. */
export const reconnectPattern = (
  stretches: readonly Stretch[],
  every: number | null,
  timeout: number | null,
): ReconnectPattern => {
  const counts = countCauses(stretches);
  const half = stretches.length / 2;
  if (counts['receiver-start'] > half) return 'receiver-restarted';
  if (timeout !== null && every !== null && Math.abs(every - timeout) <= NEAR * timeout) {
    return 'read-timeout';
  }
  if (every !== null && every <= RETRY + 1 && counts['in-traffic'] >= FEW) {
    return 'another-receiver-or-killed';
  }
  return counts.idle > half ? 'idle' : 'unknown';
};
