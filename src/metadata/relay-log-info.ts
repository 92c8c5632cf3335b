import { plainText, unsignedInteger } from './info-value.ts';
import { type LineNumbering, NumberedLines, readNumbering } from './numbered-lines.ts';
import type { Parsed } from './parsed.ts';
import { splitLines } from './text-lines.ts';

/**
 * How far one channel's applier has come. Null: the layout has no such line, the file ends before
 * it, or it could not be read.
 */
export interface RelayLogInfo {
  /**
   * Line 1: the lines after it (MySQL 5.6+, MariaDB 10.2.3+; MariaDB 12.3 counts it too); null in
   * the form without it.
   */
  readonly lineCount: number | null;
  /** As the relay log index names it, `./relay-bin.000004`; empty when it could not be read. */
  readonly relayLogFile: string;
  /** Byte offset in {@link relayLogFile}. */
  readonly relayLogPos: number | null;
  /** Without directory; empty with position 0: nothing was ever applied. */
  readonly sourceLogFile: string;
  /** In the source's log. */
  readonly sourceLogPos: number | null;
  /** Seconds. */
  readonly sqlDelay: number | null;
  /** Parallel workers; 0: the applier is one thread. */
  readonly workers: number | null;
  /** Empty for the default channel. */
  readonly channelName: string | null;
  /** Byte offset of the line that each field was read from. */
  readonly offsets: Readonly<Partial<Record<RelayLogInfoField, number>>>;
}

export type RelayLogInfoField = Exclude<keyof RelayLogInfo, 'lineCount' | 'offsets'>;

/** `LINES_IN_RELAY_LOG_INFO_WITH_DELAY`: no smaller number is a count. */
const LEAST_COUNT = 5;
const LAST_UNCOUNTED_LINE = 5;
/** MariaDB's last, whether it counts 5 (10.2.3) or 6 (12.3, which adds an empty line). */
const DELAY_LINE = 6;
/** MySQL 5.6 counts 7, and so does 5.7, which writes the channel behind them all the same. */
const COUNT_WITHOUT_CHANNEL = 7;
const CHANNEL_LINE = 9;
const LAST_LINE = 15;

const lastLine = ({ known, count, counted }: LineNumbering): number => {
  if (!known) return 0;
  if (!counted) return LAST_UNCOUNTED_LINE;
  if (count === null || count < COUNT_WITHOUT_CHANNEL) return DELAY_LINE;
  return Math.min(count + 1, LAST_LINE);
};

/**
 * Reads a `relay-log.info` or `relay-log-<channel>.info`: MySQL `Relay_log_info::read_info`,
 * MariaDB `Relay_log_info::init` and `Relay_log_info_file`.
 */
export const parseRelayLogInfo = (bytes: Buffer): Parsed<RelayLogInfo> => {
  const lines = splitLines(bytes);
  const numbering = readNumbering(lines, LEAST_COUNT);
  const last = lastLine(numbering);
  const numbered = new NumberedLines<RelayLogInfoField>(lines, numbering, last);

  const beyond = lines[CHANNEL_LINE - 1] ?? null;
  // Behind the 7 counted lines 5.6 leaves ends of its own numbers, which are no channel's name.
  const uncountedChannel =
    numbering.count === COUNT_WITHOUT_CHANNEL && beyond?.terminated && !/^\d+$/.test(beyond.text)
      ? beyond
      : null;

  const value: RelayLogInfo = {
    lineCount: numbering.count,
    relayLogFile: numbered.read('relayLogFile', numbered.line(2), plainText) ?? '',
    relayLogPos: numbered.read('relayLogPos', numbered.line(3), unsignedInteger),
    sourceLogFile: numbered.read('sourceLogFile', numbered.line(4), plainText) ?? '',
    sourceLogPos: numbered.read('sourceLogPos', numbered.line(5), unsignedInteger),
    sqlDelay: numbered.read('sqlDelay', numbered.line(DELAY_LINE), unsignedInteger),
    workers: numbered.read('workers', numbered.line(7), unsignedInteger),
    channelName: numbered.read(
      'channelName',
      numbered.line(CHANNEL_LINE) ?? uncountedChannel,
      plainText,
    ),
    offsets: numbered.offsets,
  };
  return { value, problems: numbered.problems };
};
