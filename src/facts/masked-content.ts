/**
 * Which bytes of an event's body stay the same when another server logs the transaction again.
 * Every hop rewrites `exec_time`, table ids, load-file ids, XIDs, commit sequence numbers,
 * positions and checksums (seen on MySQL 5.6, 9.7 and MariaDB 10.11 loops); the rest is kept.
 */
export type Ranges = Array<readonly [from: number, to: number]>;

const NOTHING: Ranges = [];

/** Types whose body says nothing stable: GTIDs, XIDs, and texts that a replica may or may not log again. */
const UNSTABLE = new Set([16, 29, 33, 34, 42, 160, 162, 10, 11]);

/**
 * Stable byte ranges of a body that occupies `[from, to)`, checksum not included. `tableIdBytes` is
 * 6, or 4 where the FDE announces a post-header of 6 (MySQL before 5.1.4).
 */
export const stableRanges = (
  typeCode: number,
  from: number,
  to: number,
  tableIdBytes: number,
): Ranges => {
  if (UNSTABLE.has(typeCode)) return NOTHING;
  switch (typeCode) {
    case 2:
    case 165: // thread_id, [exec_time], db length, error, status variables, db, SQL
      return clip(
        [
          [from, from + 4],
          [from + 8, to],
        ],
        to,
      );
    case 18: // as Query, with [file_id] after its 13 bytes
      return clip(
        [
          [from, from + 4],
          [from + 8, from + 13],
          [from + 17, to],
        ],
        to,
      );
    case 9:
    case 17: // [file_id], data
      return clip([[from + 4, to]], to);
    case 19:
    case 20:
    case 21:
    case 22:
    case 23:
    case 24:
    case 25:
    case 30:
    case 31:
    case 32:
    case 39:
    case 166:
    case 167:
    case 168:
    case 169:
    case 170:
    case 171: // [table_id], flags, columns, rows
      return clip([[from + tableIdBytes, to]], to);
    default:
      return clip([[from, to]], to);
  }
};

const clip = (ranges: Ranges, end: number): Ranges =>
  ranges.filter(([from]) => from < end).map(([from, to]) => [from, Math.min(to, end)] as const);
