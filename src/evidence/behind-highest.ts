import { GtidSet } from '../binlog/gtid-set.ts';

/**
 * Of the GTIDs that a server's logs do not name (`missing`), those behind the highest number that they
 * do name (`logged`) of that uuid and tag. Lower ones, and uuids that the logs do not name at all, may
 * have come with the backup that the server was made from: its gtid_purged is in no binary log.
 */
export const behindHighest = (missing: GtidSet, logged: GtidSet): GtidSet => {
  const ends = new Map(
    logged.ranges().map(({ uuid, tag, intervals }) => [`${uuid}:${tag}`, intervals.at(-1)?.[1]]),
  );
  const behind = new GtidSet();
  for (const { uuid, tag, intervals } of missing.ranges()) {
    const end = ends.get(`${uuid}:${tag}`);
    for (const interval of intervals) {
      if (end !== undefined && interval[0] >= end) behind.addInterval(uuid, tag, interval);
    }
  }
  return behind;
};
