import { flag, type InfoValue, idList, unsignedInteger } from './info-value.ts';
import type { LineNumbering } from './numbered-lines.ts';
import type { TextLine } from './text-lines.ts';

/** `uncounted`: up to 4.1.0. `shared`: up to line 18, which MySQL 5.5 and MariaDB write alike. */
export type MasterInfoLayout = 'uncounted' | 'shared' | 'mysql' | 'mariadb';

/**
 * Line numbers of the counted form, by field: `rpl_mi.cc` of MySQL (`Master_info::read_info`) and of
 * MariaDB (`init_master_info`).
 */
export const MASTER_INFO_LINES = {
  sourceLogFile: 2,
  readPosition: 3,
  host: 4,
  user: 5,
  port: 7,
  connectRetry: 8,
  ssl: 9,
  sslCa: 10,
  sslCapath: 11,
  sslCert: 12,
  sslCipher: 13,
  sslKey: 14,
  sslVerifyServerCert: 15,
  heartbeatPeriod: 16,
  bind: 17,
  ignoreServerIds: 18,
  sourceUuid: 19,
  retryCount: 20,
  sslCrl: 21,
  sslCrlpath: 22,
  autoPosition: 23,
  channelName: 24,
  connectionAutoFailover: 32,
  gtidOnly: 33,
} as const;
/** Told apart so that it is never read into a value. */
export const PASSWORD_LINE = 6;
/** The read position's: the last before those that only {@link isAligned} lets read. */
export const LAST_CERTAIN_LINE = 3;
const LAST_UNCOUNTED_LINE = 8;
const LAST_SHARED_LINE = 18;
export const LAST_LINE = 33;
/** `LINES_IN_MASTER_INFO_WITH_SSL`: no smaller number is a count. */
export const LEAST_MASTER_INFO_COUNT = 14;
/** MariaDB holds these places for MySQL and leaves them empty. */
export const isReservedInMariadb = (line: number): boolean =>
  line === 17 || line === 19 || line >= 23;

/** The last line that belongs to the content. */
export const lastLine = (
  { known, count, counted }: LineNumbering,
  lines: readonly TextLine[],
): number => {
  if (!known) return 0;
  if (!counted) return LAST_UNCOUNTED_LINE;
  // Without a count nothing says where older content begins, beyond what every server writes.
  return Math.min(count ?? Math.min(lines.length, LAST_SHARED_LINE), LAST_LINE);
};

/** MySQL always writes a 0 or 1 on line 23, MariaDB nothing; a cut file may still show its UUID. */
export const layoutOf = (
  { counted }: LineNumbering,
  last: number,
  line: (number: number) => TextLine | null,
): MasterInfoLayout => {
  if (!counted) return 'uncounted';
  if (last <= LAST_SHARED_LINE) return 'shared';
  if (last < LAST_LINE) return 'mysql';
  const autoPosition = line(23);
  if (autoPosition) return autoPosition.text === '' ? 'mariadb' : 'mysql';
  return line(19)?.text ? 'mysql' : 'shared';
};

/** What the server's `%.3f` makes, as no other line. */
const WRITTEN_HEARTBEAT = /^\d+\.\d{3}$/;

/**
 * Whether the lines past the position are where their numbers say. A lost or added line end moves
 * the password into a line that may be shown; so those lines are read only where the port, ssl,
 * heartbeat and ignored ids around and after them prove their place.
 */
export const isAligned = (
  { counted }: LineNumbering,
  last: number,
  line: (number: number) => TextLine | null,
): boolean => {
  const holds = (field: keyof typeof MASTER_INFO_LINES, as: InfoValue<unknown>): boolean => {
    const found = line(MASTER_INFO_LINES[field]);
    return found !== null && as.parse(found.text) !== null;
  };
  const hasNumbers = holds('port', unsignedInteger) && holds('connectRetry', unsignedInteger);
  if (!counted) return hasNumbers;
  if (!holds('ssl', flag)) return false;
  if (WRITTEN_HEARTBEAT.test(line(MASTER_INFO_LINES.heartbeatPeriod)?.text ?? '')) return true;
  return hasNumbers && (last < LAST_SHARED_LINE || holds('ignoreServerIds', idList));
};
