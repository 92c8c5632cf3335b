import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import {
  ARTIFICIAL,
  binaryLogs,
  checksumOf,
  eventsIn,
  FORMAT_DESCRIPTION,
  HAS_GTID,
  IN_USE,
  logsOf,
  OF_RELAY_LOG,
  QUERY,
  type RawEvent,
  ROTATE,
  relayEvents,
  relayLogs,
  statementOf,
  targetOf,
  XID,
} from './events-in.ts';
import { HUGE_LOG, hugeLogHolds } from './huge-log.ts';
import { EVERYWHERE, type Line, on } from './line.ts';

const replicaOf = (folder: string): string =>
  join(folder, folder.includes('samples/healthy-pair') ? 'db-rep' : 'db12');

const isFake = ({ type, flags, serverId }: RawEvent): boolean =>
  type === ROTATE && (flags & ARTIFICIAL) > 0 && serverId > 0;

/** Of the source, sent at its end of a log. */
const isReal = ({ type, flags, logPos }: RawEvent): boolean =>
  type === ROTATE && (flags & (ARTIFICIAL | OF_RELAY_LOG)) === 0 && logPos > 0;

/** Logs that begin with a copy of the source's format description and name no source log. */
const rotatedHere = (folder: string): string[] =>
  relayLogs(replicaOf(folder)).filter((log) => {
    const events = eventsIn(log);
    const copy = events.find(
      ({ type, flags }) => type === FORMAT_DESCRIPTION && (flags & OF_RELAY_LOG) === 0,
    );
    return copy && copy.flags & ARTIFICIAL && copy.logPos === 0 && !events.some(isFake);
  });

/** Does a log hold the end of a transaction that began in another one? */
const beginsInside = (log: string): boolean => {
  const marks = eventsIn(log).filter(
    (event) =>
      event.type === XID ||
      HAS_GTID.has(event.type) ||
      (event.type === QUERY && statementOf(event).startsWith('BEGIN')),
  );
  return marks[0]?.type === XID;
};

const algorithms = (logs: readonly string[]): Set<number> =>
  new Set(
    logs.flatMap((log) =>
      eventsIn(log)
        .filter(({ type, flags }) => type === FORMAT_DESCRIPTION && (flags & OF_RELAY_LOG) === 0)
        .map(checksumOf),
    ),
  );

/** What logs look like after ordinary things happened to them. */
export const seenInLogs: Readonly<Record<string, Line>> = {
  'server_id 0 Rotates': {
    fixtures: on('stop-start-gtid', 'mysql'),
    holds: (folder) => {
      const ofNobody = relayEvents(replicaOf(folder)).filter(
        ({ type, serverId, flags, logPos }) =>
          type === ROTATE && serverId === 0 && flags === 0 && logPos === 0,
      );
      expect(ofNobody.length).toBeGreaterThan(1);
      expect(Math.max(...ofNobody.map(targetOf))).toBeGreaterThan(4);
    },
  },
  'size rotation': {
    fixtures: on('size-rotation', ...EVERYWHERE),
    holds: (folder) => {
      expect(rotatedHere(folder).length).toBeGreaterThan(0);
      // MySQL 9.7 waits for the end of the transaction, the others do not
      const split = relayLogs(replicaOf(folder)).filter(beginsInside);
      expect(split.length > 0).toBe(!folder.endsWith('mysql'));
    },
  },
  'FLUSH RELAY LOGS': {
    fixtures: on('flush-relay-logs', ...EVERYWHERE),
    holds: (folder) => {
      expect(rotatedHere(folder).length).toBeGreaterThan(0);
      expect(relayLogs(replicaOf(folder)).filter(beginsInside)).toEqual([]);
    },
  },
  'STOP/START SLAVE': {
    fixtures: [
      ...on('stop-start', ...EVERYWHERE),
      // MariaDB by GTID deletes its relay logs at each start of both threads
      ...on('stop-start-gtid', 'mysql-5.6', 'mysql'),
    ],
    holds: (folder) => {
      const fakes = relayEvents(replicaOf(folder)).filter(isFake);
      expect(fakes.length).toBeGreaterThan(1);
      const byPosition = !folder.includes('gtid');
      expect(fakes.some((fake) => targetOf(fake) > 4)).toBe(byPosition);
    },
  },
  'source rotation': {
    fixtures: [
      'samples/healthy-pair-mysql-5.6/files',
      ...on('source-rotation', ...EVERYWHERE),
      ...on('source-rotation-gtid', 'mariadb', 'mysql'),
    ],
    holds: (folder) => {
      const events = relayEvents(replicaOf(folder));
      expect(events.some(isReal)).toBe(true);
      expect(events.filter(isFake).at(-1)?.offset).toBeGreaterThan(0);
      const behind = events.slice(events.findLastIndex(isReal));
      expect(behind.some((event) => isFake(event) && targetOf(event) === 4)).toBe(true);
    },
  },
  'MariaDB fake Rotate with ts': {
    fixtures: [...on('source-rotation', 'mariadb'), ...on('source-rotation-gtid', 'mariadb')],
    holds: (folder) => {
      const dated = relayEvents(replicaOf(folder)).filter(
        (event) => isFake(event) && event.timestamp > 0 && event.logPos === 0,
      );
      expect(dated.length).toBeGreaterThan(0);
    },
  },
  'binlog copied while written': {
    fixtures: on('copied-while-written', 'mariadb', 'mysql-5.6'),
    holds: (folder) => {
      const newest = binaryLogs(join(folder, 'db11')).at(-1) ?? '';
      const events = eventsIn(newest);
      const last = events.at(-1);
      expect((last?.offset ?? 0) + (last?.size ?? 0)).toBeGreaterThan(statSync(newest).size);
      expect((events[0]?.flags ?? 0) & IN_USE).toBe(IN_USE);
    },
  },
  'checksum NONE -> CRC32 switch': {
    fixtures: on('checksum-switch', ...EVERYWHERE),
    holds: (folder) => {
      expect(algorithms(relayLogs(replicaOf(folder)))).toEqual(new Set([0, 1]));
      expect(algorithms(binaryLogs(join(folder, 'db11')))).toEqual(new Set([0, 1]));
    },
  },
  'encrypted file': {
    fixtures: ['samples/encrypted-mysql-9.7/files', 'test/oracle/logs/encrypted-mariadb-11.8'],
    exit: 3,
    holds: (folder) => {
      const isMysql = folder.startsWith('samples');
      const [log = ''] = logsOf(isMysql ? join(folder, 'ha') : folder, /mysql-bin/);
      // The magic number of MySQL, the Start_encryption event of MariaDB behind the format description
      expect(
        isMysql ? readFileSync(log).readUInt32BE(0) === 0xfd62696e : eventsIn(log)[1]?.type === 164,
      ).toBe(true);
    },
  },
  'file > 4 GiB (sparse)': {
    fixtures: [HUGE_LOG],
    holds: hugeLogHolds,
    finds: ['oversized-transaction'],
    exit: 1,
  },
};
