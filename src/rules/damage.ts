import type { Channel, LogFile, Server } from '../evidence/evidence.ts';
import { executedPosition, isApplied } from '../evidence/executed-position.ts';
import type { Severity } from './finding.ts';

/** What damage at one place of a log means for its server. */
export interface Damage {
  readonly server: Server | null;
  readonly channel: Channel | null;
  /** Was it applied before the file broke? Null when nothing tells. */
  readonly applied: boolean | null;
  readonly severity: Severity;
}

const holds = (chain: { readonly files: readonly LogFile[] } | null, file: LogFile): boolean =>
  chain?.files.some((other) => other.path === file.path) === true;

/** Damage before the executed position is low, behind it critical, elsewhere high. */
export const damageAt = (servers: readonly Server[], file: LogFile, offset: number): Damage => {
  for (const server of servers) {
    for (const channel of server.channels) {
      if (!holds(channel.relay, file)) continue;
      const applied = isApplied(executedPosition(server, channel), channel, file, offset);
      return {
        server,
        channel,
        applied,
        severity: applied === null ? 'high' : applied ? 'low' : 'critical',
      };
    }
    if (server.binlogs.some((chain) => holds(chain, file))) {
      return { server, channel: null, applied: null, severity: 'high' };
    }
  }
  return { server: null, channel: null, applied: null, severity: 'high' };
};
