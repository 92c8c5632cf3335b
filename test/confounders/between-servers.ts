import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import {
  ARTIFICIAL,
  binaryEvents,
  eventsIn,
  HAS_GTID,
  QUERY,
  queriesIn,
  type RawEvent,
  ROTATE,
  relayEvents,
  relayLogs,
  TABLE_MAP,
} from './events-in.ts';
import { EVERYWHERE, type Line, on } from './line.ts';

const hostsOf = (folder: string): string[] =>
  readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));

const dataOf = (events: readonly RawEvent[]): RawEvent[] =>
  events.filter(({ type }) => type === QUERY || type === TABLE_MAP);

const uuidOf = (host: string): string =>
  /server-uuid=([0-9a-f-]{36})/.exec(readFileSync(join(host, 'auto.cnf'), 'utf8'))?.[1] ?? '';

/** MySQL: flags, then the 16 bytes of the uuid. */
const originOf = ({ body }: RawEvent): string => body.toString('hex', 1, 17);

/** What comes of the way that servers are put together. */
export const betweenServers: Readonly<Record<string, Line>> = {
  'multi-tier chain': {
    fixtures: [
      'samples/three-tier-chain-mariadb/files',
      ...on('commit-order', 'mysql-5.6', 'mysql'),
    ],
    holds: (folder) => {
      const hosts = hostsOf(folder);
      expect(hosts).toHaveLength(3);
      const [first = '', , third = ''] = hosts;
      const origin = dataOf(binaryEvents(first))[0]?.serverId;
      const second = relayEvents(third).find(
        ({ type, flags }) => type === ROTATE && flags & ARTIFICIAL,
      )?.serverId;
      expect(second).not.toBe(origin);
      expect(dataOf(relayEvents(third)).map(({ serverId }) => serverId)).toContain(origin);
    },
  },
  'delayed replica': {
    fixtures: on('delayed-replica', ...EVERYWHERE),
    holds: (folder) => {
      const replica = join(folder, 'db12');
      const written = queriesIn(binaryEvents(join(folder, 'db11')), /orders/).at(-1);
      const applied = Math.max(...binaryEvents(replica).map(({ logPos }) => logPos));
      const received = Math.max(...relayEvents(replica).map(({ logPos }) => logPos));
      expect(received).toBeGreaterThanOrEqual(written?.logPos ?? Number.POSITIVE_INFINITY);
      expect(binaryEvents(replica).length).toBeLessThan(relayEvents(replica).length);
      expect(applied).toBeGreaterThan(0);
    },
  },
  'MySQL GTID ring with returning event': {
    fixtures: on('returning-gtid', 'mysql-5.6', 'mysql'),
    holds: (folder) => {
      const host = join(folder, 'db11');
      const own = uuidOf(host).replaceAll('-', '');
      const foreign = (events: readonly RawEvent[]) =>
        events.filter(
          (event) => HAS_GTID.has(event.type) && event.serverId === 99 && originOf(event) === own,
        );
      expect(foreign(binaryEvents(host))).toHaveLength(1);
      expect(foreign(relayEvents(host))).toHaveLength(1);
    },
  },
  'own-id skipped ranges': {
    fixtures: ['samples/ring-own-events-mariadb/files'],
    holds: (folder) => {
      const holes = hostsOf(folder).flatMap((host) =>
        relayLogs(host).flatMap((log) => {
          const sent = eventsIn(log).filter(
            ({ logPos, flags }) => logPos > 0 && (flags & (ARTIFICIAL | 0x40)) === 0,
          );
          return sent.filter((event, i) => {
            const before = sent[i - 1];
            return before !== undefined && event.logPos - event.size > before.logPos;
          });
        }),
      );
      expect(holes.length).toBeGreaterThan(0);
      for (const host of hostsOf(folder)) {
        const own = binaryEvents(host)[0]?.serverId;
        expect(dataOf(relayEvents(host)).map(({ serverId }) => serverId)).not.toContain(own);
      }
    },
  },
  'PK-table loop (1062)': {
    fixtures: on('key-loop', ...EVERYWHERE),
    // One trouble, and no second one for the loop behind it
    finds: ['apply-error'],
    exit: 1,
    holds: (folder) => {
      const looping = (events: readonly RawEvent[]) =>
        dataOf(events).filter(({ serverId }) => serverId === 13);
      const host = join(folder, 'db11');
      expect(looping(binaryEvents(host)).length).toBeGreaterThan(0);
      expect(looping(relayEvents(host)).length).toBeGreaterThan(0);
      expect(readFileSync(join(host, 'server.err'), 'latin1')).toMatch(
        /Duplicate entry '777'|MY-01(?:0584|3146)/,
      );
    },
  },
};
