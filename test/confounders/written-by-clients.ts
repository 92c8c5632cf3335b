import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import {
  APPEND_BLOCK,
  BEGIN_LOAD_QUERY,
  binaryEvents,
  EXECUTE_LOAD_QUERY,
  HAS_GTID,
  MARIADB_GTID,
  mostAlike,
  queriesIn,
  type RawEvent,
  relayEvents,
  statementOf,
  threadOf,
} from './events-in.ts';
import { EVERYWHERE, type Line, on } from './line.ts';

/** Where the writes of server 11 came to by way of server 12; its own log where there is no third. */
const farthest = (folder: string): RawEvent[] => binaryEvents(join(folder, 'db13'));

const DAY = 86_400;

/** Of MySQL: `last_committed` behind flags, uuid, number and type; of MariaDB the commit id, where flag 2 announces it. */
const groupOf = ({ type, body }: RawEvent): string | null =>
  type === MARIADB_GTID
    ? body.readUInt8(12) & 2
      ? String(body.readBigUInt64LE(13))
      : null
    : String(body.readBigUInt64LE(26));

const times = (events: readonly RawEvent[]): number[] => events.map(({ timestamp }) => timestamp);

/** What clients write. */
export const writtenByClients: Readonly<Record<string, Line>> = {
  'identical statements in one second': {
    fixtures: on('identical-statements', 'mariadb', 'mysql-5.6'),
    holds: (folder) => {
      const same = queriesIn(farthest(folder), /VALUES \('same'\)/);
      expect(same.every(({ serverId }) => serverId === 11)).toBe(true);
      expect(mostAlike(same, (one) => `${one.timestamp} ${threadOf(one)}`)).toBeGreaterThan(50);
    },
  },
  'INSERT of same row by retry': {
    fixtures: on('retried-insert', 'mariadb', 'mysql-5.6'),
    holds: (folder) => {
      for (const words of [/INTO app\.journal VALUES \('once more'\)/, /INSERT IGNORE/]) {
        const again = queriesIn(farthest(folder), words);
        expect(new Set(again.map(threadOf)).size).toBe(4);
      }
    },
  },
  'group commit of 50': {
    fixtures: on('group-commit', 'mariadb', 'mysql'),
    holds: (folder) => {
      const groups = binaryEvents(join(folder, 'db11'))
        .filter(({ type }) => HAS_GTID.has(type))
        .map(groupOf)
        .filter((group) => group !== null);
      expect(mostAlike(groups, (group) => group)).toBe(50);
      expect(queriesIn(farthest(folder), /VALUES \('group'\)/)).toHaveLength(50);
    },
  },
  'LOAD DATA': {
    fixtures: on('load-data', ...EVERYWHERE),
    holds: (folder) => {
      // A replica reads the file back in one piece, and logs it so
      const events = relayEvents(join(folder, 'db12'));
      const of = (wanted: number) => events.filter(({ type }) => type === wanted);
      expect(of(BEGIN_LOAD_QUERY)).toHaveLength(2);
      expect(of(EXECUTE_LOAD_QUERY)).toHaveLength(2);
      // Small buffers were asked for; MySQL 9.7 reads this file at once all the same
      expect(of(APPEND_BLOCK).length).toBe(folder.endsWith('mysql') ? 0 : 4);
      // Behind the number of the file the same blocks come twice
      expect(mostAlike(of(BEGIN_LOAD_QUERY), ({ body }) => body.toString('latin1', 4, 4000))).toBe(
        2,
      );
    },
  },
  'commit order inversion': {
    fixtures: on('commit-order', ...EVERYWHERE),
    holds: (folder) => {
      const events = farthest(folder);
      const [slow] = queriesIn(events, /VALUES \('slow'\)/);
      const quick = queriesIn(events, /VALUES \('quick'\)/);
      expect(quick).toHaveLength(2);
      for (const one of quick) {
        expect(one.offset).toBeLessThan(slow?.offset ?? 0);
        expect(one.timestamp).toBeGreaterThan(slow?.timestamp ?? 0);
      }
    },
  },
  'SET TIMESTAMP past/future': {
    fixtures: on('set-timestamp', ...EVERYWHERE),
    holds: (folder) => {
      const events = farthest(folder);
      const written = events[0]?.timestamp ?? 0;
      expect(times(events)).toContain(1_000_000_000);
      expect(Math.max(...times(events))).toBeGreaterThan(written + 300 * DAY);
      expect(times(queriesIn(events, /VALUES \('past'\)/))).toEqual([1_000_000_000]);
    },
  },
  'PITR replay': {
    fixtures: on('replayed-log', 'mariadb', 'mysql'),
    holds: (folder) => {
      const events = binaryEvents(join(folder, 'db11'));
      const statements = queriesIn(events, /VALUES \('of a day'\)/);
      expect(statements).toHaveLength(10);
      // MariaDB's printer sets the id that an event was written under, MySQL's does not
      const ids = new Set(statements.map(({ serverId }) => serverId));
      expect(ids).toEqual(new Set([folder.endsWith('mariadb') ? 99 : 11]));
      expect(existsSync(join(folder, 'db99'))).toBe(false);
      const [today] = queriesIn(events, /VALUES \('of today'\)/);
      expect(today?.offset).toBeLessThan(statements[0]?.offset ?? 0);
      for (const { timestamp } of statements) expect(timestamp).toBeLessThan(today?.timestamp ?? 0);
    },
  },
  'pt-heartbeat table': {
    fixtures: on('heartbeat-table', 'mariadb', 'mysql-5.6'),
    holds: (folder) => {
      const events = farthest(folder);
      const beats = queriesIn(events, /REPLACE INTO percona\.heartbeat/);
      expect(new Set(beats.map(({ serverId }) => serverId))).toEqual(new Set([11, 12]));
      expect(new Set(beats.map(statementOf)).size).toBe(beats.length);
      const ticks = queriesIn(events, /UPDATE app\.clock SET at = NOW\(\)/);
      expect(mostAlike(ticks, (one) => `${one.serverId} ${one.timestamp}`)).toBeGreaterThan(1);
    },
  },
};
