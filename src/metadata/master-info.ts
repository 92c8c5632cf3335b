import { flag, type InfoValue, idList, plainText, seconds, unsignedInteger } from './info-value.ts';
import { MASTER_INFO_KEYS, type MasterInfoKeys, readMasterInfoKeys } from './master-info-keys.ts';
import {
  isAligned,
  isReservedInMariadb,
  LAST_CERTAIN_LINE,
  LAST_LINE,
  LEAST_MASTER_INFO_COUNT,
  lastLine,
  layoutOf,
  MASTER_INFO_LINES,
  type MasterInfoLayout,
  PASSWORD_LINE,
} from './master-info-layout.ts';
import { NumberedLines, readNumbering } from './numbered-lines.ts';
import type { Parsed } from './parsed.ts';
import { splitLines, type TextLine } from './text-lines.ts';

/**
 * The settings and the reading position of one channel's receiver. Null: the layout has no such
 * line, the file ends before it, it could not be read, or (MariaDB 12.3+) it says DEFAULT; the
 * password is never kept, and where lines are displaced none is read that it may have come to.
 */
export interface MasterInfo {
  /** Line 1, which counts itself; null in the form without it. */
  readonly lineCount: number | null;
  readonly layout: MasterInfoLayout;
  /** Without directory; empty before the first connect. */
  readonly sourceLogFile: string;
  /** In the source's log. */
  readonly readPosition: number | null;
  readonly host: string | null;
  readonly user: string | null;
  readonly hasPassword: boolean;
  readonly port: number | null;
  /** Seconds. */
  readonly connectRetry: number | null;
  readonly ssl: boolean | null;
  readonly sslCa: string | null;
  readonly sslCapath: string | null;
  readonly sslCert: string | null;
  readonly sslCipher: string | null;
  readonly sslKey: string | null;
  readonly sslVerifyServerCert: boolean | null;
  /** Seconds; 0 is off. */
  readonly heartbeatPeriod: number | null;
  readonly bind: string | null;
  /** Empty: none are ignored. */
  readonly ignoreServerIds: readonly number[] | null;
  /** Null also before the first connect. */
  readonly sourceUuid: string | null;
  /** Tries to connect before giving up; 0: without end. */
  readonly retryCount: number | null;
  readonly sslCrl: string | null;
  readonly sslCrlpath: string | null;
  readonly autoPosition: boolean | null;
  /** Empty for the default channel. */
  readonly channelName: string | null;
  readonly connectionAutoFailover: boolean | null;
  readonly gtidOnly: boolean | null;
  readonly usingGtid: 'no' | 'current_pos' | 'slave_pos' | null;
  readonly doDomainIds: readonly number[] | null;
  readonly ignoreDomainIds: readonly number[] | null;
  /** Fields that are null because the file says DEFAULT: the server's variable decides. */
  readonly defaults: readonly MasterInfoField[];
  /** Byte offset of the line that each field was read from. */
  readonly offsets: Readonly<Partial<Record<MasterInfoField, number>>>;
}

export type MasterInfoField = Exclude<
  keyof MasterInfo,
  'lineCount' | 'layout' | 'hasPassword' | 'defaults' | 'offsets'
>;

const NUMBERS: Readonly<Partial<Record<MasterInfoField, number>>> = MASTER_INFO_LINES;
const KEYS: Readonly<Partial<Record<MasterInfoField, string>>> = MASTER_INFO_KEYS;

const GTID_MODES = ['no', 'current_pos', 'slave_pos'] as const;
const gtidMode: InfoValue<(typeof GTID_MODES)[number]> = {
  expected: '0, 1 or 2',
  parse: (text) => (/^[012]$/.test(text) ? (GTID_MODES[Number(text)] ?? null) : null),
};

/** Reads a `master.info` or `master-<connection>.info`. */
export const parseMasterInfo = (bytes: Buffer): Parsed<MasterInfo> => {
  const lines = splitLines(bytes);
  const numbering = readNumbering(lines, LEAST_MASTER_INFO_COUNT);
  const last = lastLine(numbering, lines);
  const numbered = new NumberedLines<MasterInfoField>(lines, numbering, last);
  const lineAt = (number: number): TextLine | null => numbered.line(number);
  const layout = layoutOf(numbering, last, lineAt);
  const lastCertain = isAligned(numbering, last, lineAt) ? last : LAST_CERTAIN_LINE;
  if (lastCertain < last && !numbered.isCut) {
    const offset = lineAt(LAST_CERTAIN_LINE + 1)?.offset ?? 0;
    numbered.report(offset, 'lines', 'a line is lost or added, nothing after line 3 is read');
  }
  const isMariadb = layout === 'mariadb';

  const keys: MasterInfoKeys = isMariadb
    ? readMasterInfoKeys(lines.slice(numbering.count ?? LAST_LINE))
    : { lines: new Map(), cut: null };
  if (keys.cut) numbered.report(keys.cut.end, 'lines', 'the file ends in a key=value line');

  const defaults: MasterInfoField[] = [];
  const find = (field: MasterInfoField): TextLine | null => {
    const keyed = keys.lines.get(KEYS[field] ?? '');
    if (keyed === null) defaults.push(field);
    if (keyed !== undefined) return keyed;
    const number = NUMBERS[field];
    if (number === undefined || number > lastCertain) return null;
    if (isMariadb && isReservedInMariadb(number)) return null;
    const line = lineAt(number);
    // MariaDB before 12.3 writes a 0 that no server reads; 12.3 says a real 0 in its key line.
    return isMariadb && field === 'retryCount' && line?.text === '0' ? null : line;
  };
  const read = <T>(field: MasterInfoField, as: InfoValue<T>): T | null =>
    numbered.read(field, find(field), as);

  const value: MasterInfo = {
    lineCount: numbering.count,
    layout,
    sourceLogFile: read('sourceLogFile', plainText) ?? '',
    readPosition: read('readPosition', unsignedInteger),
    host: read('host', plainText),
    user: read('user', plainText),
    hasPassword: (numbered.raw(PASSWORD_LINE)?.text ?? '') !== '',
    port: read('port', unsignedInteger),
    connectRetry: read('connectRetry', unsignedInteger),
    ssl: read('ssl', flag),
    sslCa: read('sslCa', plainText),
    sslCapath: read('sslCapath', plainText),
    sslCert: read('sslCert', plainText),
    sslCipher: read('sslCipher', plainText),
    sslKey: read('sslKey', plainText),
    sslVerifyServerCert: read('sslVerifyServerCert', flag),
    heartbeatPeriod: read('heartbeatPeriod', seconds),
    bind: read('bind', plainText),
    ignoreServerIds: read('ignoreServerIds', idList),
    sourceUuid: read('sourceUuid', plainText) || null,
    retryCount: read('retryCount', unsignedInteger),
    sslCrl: read('sslCrl', plainText),
    sslCrlpath: read('sslCrlpath', plainText),
    autoPosition: read('autoPosition', flag),
    channelName: read('channelName', plainText),
    connectionAutoFailover: read('connectionAutoFailover', flag),
    gtidOnly: read('gtidOnly', flag),
    usingGtid: read('usingGtid', gtidMode),
    doDomainIds: read('doDomainIds', idList),
    ignoreDomainIds: read('ignoreDomainIds', idList),
    defaults,
    offsets: numbered.offsets,
  };
  return { value, problems: numbered.problems };
};
