import { GtidSet } from '../binlog/gtid-set.ts';
import type { LogFacts } from '../facts/facts.ts';
import type { Channel, LogChain, LogFile, Server } from './evidence.ts';
import { listedLogs } from './source-of.ts';

/** MySQL GTIDs of the transactions that are whole in these logs. */
export const contentsOf = (files: readonly LogFile[]): GtidSet => {
  let set = new GtidSet();
  for (const { facts } of files) {
    for (const { uuid, tag, numbers } of facts.gtids.sources) {
      set = set.union(GtidSet.parse(`${uuid}:${tag === '' ? '' : `${tag}:`}${numbers}`) ?? set);
    }
  }
  return set;
};

/** GTIDs of all logs before this one, by its head; null where that is no MySQL log, or cannot be read. */
export const gtidsBefore = ({ previousGtids, flavor }: LogFacts): GtidSet | null =>
  previousGtids === null || flavor !== 'mysql' ? null : GtidSet.parse(previousGtids);

/** All that these logs and their heads name: at least this was there. */
const named = (files: readonly LogFile[]): GtidSet =>
  files.reduce(
    (set, { facts }) => set.union(gtidsBefore(facts) ?? new GtidSet()),
    contentsOf(files),
  );

/** What a server has executed, as far as its own binary logs tell. */
export interface ExecutedGtids {
  readonly set: GtidSet;
  /**
   * Is nothing that the server logged missing from the set? What was never logged is missing all the
   * same: a backup's gtid_purged (kept in mysql.gtid_executed alone), and what was applied without
   * log_slave_updates.
   */
  readonly complete: boolean;
  /** The newest log, and a time up to which it goes, in Unix seconds by that server's clock. */
  readonly newest: LogFile;
  readonly until: number;
}

/** Null where the server's own logs hold no GTIDs, or more than one series of them was given. */
export const executedGtids = (server: Server): ExecutedGtids | null => {
  const chain = ownChain(server);
  const newest = chain?.files.at(-1);
  if (!chain || !newest) return null;
  const set = named(chain.files);
  if (set.isEmpty && gtidsBefore(newest.facts) === null) return null;
  return {
    set,
    complete: gtidsBefore(newest.facts) !== null && isWhole(newest) && isLast(server, newest),
    newest,
    until: newestTime(newest),
  };
};

/** The oldest log that a server has, by its index; null unless that one was given. */
export const oldestLog = (server: Server): LogFile | null => {
  const oldest = ownChain(server)?.files[0];
  return oldest && listedLogs(server)?.[0] === oldest.name ? oldest : null;
};

/** What a server no longer has in its logs; null unless its oldest log was given. */
export const purgedGtids = (server: Server): { set: GtidSet; oldest: LogFile } | null => {
  const oldest = oldestLog(server);
  const set = oldest && gtidsBefore(oldest.facts);
  return oldest && set && { set, oldest };
};

/** What a channel has received since its relay logs were begun anew. */
export const receivedGtids = ({ relay }: Channel): GtidSet => named(relay?.files ?? []);

export const ownChain = ({ binlogs }: Server): LogChain | null =>
  binlogs.length === 1 ? (binlogs[0] ?? null) : null;

export const isWhole = ({ facts }: LogFile): boolean =>
  facts.gtids.complete && facts.integrity.length === 0 && facts.integrityLeftOut === 0;

const ROTATE = 4;

/** Is there no newer log on the server? Its index names none, and it does not end with a Rotate to one. */
export const isLast = (server: Server, { name, facts }: LogFile): boolean =>
  facts.last?.typeCode !== ROTATE && (listedLogs(server)?.at(-1) ?? name) === name;

/** Of so many newest transactions the second newest time counts: one client may have SET TIMESTAMP. */
const NEWEST = 8;

/** A time up to which a server's own logs go, in Unix seconds by its clock; 0 where none were given. */
export const executedUntil = (server: Server): number => {
  const newest = ownChain(server)?.files.at(-1);
  return newest ? newestTime(newest) : 0;
};

/** A log without transactions was open at least when it was begun. */
const newestTime = ({ facts }: LogFile): number => {
  const times = facts.transactions.tail
    .slice(-NEWEST)
    .map(({ copy, timestamp }) => copy.writtenAt ?? timestamp)
    .sort((a, b) => b - a);
  return Math.max(times[1] ?? 0, facts.formats[0]?.timestamp ?? 0);
};
