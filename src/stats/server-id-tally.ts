import type { FileStats, ServerIdStats } from './stats.ts';

/** Ids that have sums of their own; a log with more holds bytes that lie. */
const KEPT = 1000;
const SHOWN = 10;

/** Which servers wrote the events of a log. */
export class ServerIdTally {
  readonly #servers = new Map<number, { events: number; bytes: number }>();
  readonly #other = { events: 0, bytes: 0 };

  see(serverId: number, bytes: number): void {
    const sums = this.#of(serverId);
    sums.events += 1;
    sums.bytes += bytes;
  }

  /** The ten with the most events, and the others as one. */
  stats(): Pick<FileStats, 'serverIds' | 'otherServerIds'> {
    const sorted: readonly ServerIdStats[] = [...this.#servers]
      .map(([serverId, sums]) => ({ serverId, ...sums }))
      .sort((a, b) => b.events - a.events || a.serverId - b.serverId);
    const otherServerIds = { ...this.#other };
    for (const { events, bytes } of sorted.slice(SHOWN)) {
      otherServerIds.events += events;
      otherServerIds.bytes += bytes;
    }
    return { serverIds: sorted.slice(0, SHOWN), otherServerIds };
  }

  #of(serverId: number): { events: number; bytes: number } {
    const known = this.#servers.get(serverId);
    if (known) return known;
    if (this.#servers.size >= KEPT) return this.#other;
    const sums = { events: 0, bytes: 0 };
    this.#servers.set(serverId, sums);
    return sums;
  }
}
