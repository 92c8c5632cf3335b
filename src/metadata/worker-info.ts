import { plainText, unsignedInteger } from './info-value.ts';
import { NumberedLines } from './numbered-lines.ts';
import type { Parsed } from './parsed.ts';
import { splitLines } from './text-lines.ts';

/**
 * How far one parallel worker has come: MySQL 5.6 to 8.0 with file repositories. Null: the file
 * ends before it, or it could not be read.
 */
export interface WorkerInfo {
  /** From 1. */
  readonly id: number | null;
  /** Relay log and byte offset after the last group it applied; empty when there is none. */
  readonly groupRelayLogFile: string;
  readonly groupRelayLogPos: number | null;
  /** The same in the source's log. */
  readonly groupSourceLogFile: string;
  readonly groupSourceLogPos: number | null;
  /** Up to here, by the coordinator's last checkpoint, every worker has applied everything. */
  readonly checkpointRelayLogFile: string;
  readonly checkpointRelayLogPos: number | null;
  readonly checkpointSourceLogFile: string;
  readonly checkpointSourceLogPos: number | null;
  /** Number, from 0, of this worker's last group among those since the checkpoint. */
  readonly checkpointSeqno: number | null;
  /** Size of the bitmap of groups since the checkpoint, a bit each (`checkpoint_group_size`). */
  readonly bitmapBytes: number | null;
  /** Whether it applied any group since the checkpoint; null when the bitmap is not all there. */
  readonly hasAppliedSinceCheckpoint: boolean | null;
  /**
   * The bitmap in hex: bit `n % 8` of byte `n / 8` is set where this worker applied group `n` since
   * the checkpoint. Null when it is not all there, or larger than any server writes.
   */
  readonly bitmap: string | null;
  /** MySQL 5.7+; empty for the default channel. */
  readonly channelName: string | null;
  /** Byte offset of the line that each field was read from. */
  readonly offsets: Readonly<Partial<Record<WorkerInfoField, number>>>;
}

export type WorkerInfoField = Exclude<keyof WorkerInfo, 'offsets' | 'bitmap'>;

/** The lines before the bitmap. */
const LINES = 11;
/** replica_checkpoint_group is at most 524,280: a bit for each. */
const BITMAP_LIMIT = 1 << 16;

/**
 * Reads a `worker-relay-log.info.1`: `Slave_worker::read_info`. After 11 lines without a count come
 * as many raw bytes as the last of them says, and then, without a newline between, the channel.
 */
export const parseWorkerInfo = (bytes: Buffer): Parsed<WorkerInfo> => {
  const lines = splitLines(bytes, LINES);
  // Numbered from 2, as behind the count that these files lack.
  const numbered = new NumberedLines<WorkerInfoField>(
    lines,
    { known: true, count: null, counted: false, problem: null },
    LINES + 1,
  );
  const name = (field: WorkerInfoField, number: number): string =>
    numbered.read(field, numbered.line(number + 1), plainText) ?? '';
  const number = (field: WorkerInfoField, line: number): number | null =>
    numbered.read(field, numbered.line(line + 1), unsignedInteger);

  const fields = {
    id: number('id', 1),
    groupRelayLogFile: name('groupRelayLogFile', 2),
    groupRelayLogPos: number('groupRelayLogPos', 3),
    groupSourceLogFile: name('groupSourceLogFile', 4),
    groupSourceLogPos: number('groupSourceLogPos', 5),
    checkpointRelayLogFile: name('checkpointRelayLogFile', 6),
    checkpointRelayLogPos: number('checkpointRelayLogPos', 7),
    checkpointSourceLogFile: name('checkpointSourceLogFile', 8),
    checkpointSourceLogPos: number('checkpointSourceLogPos', 9),
    checkpointSeqno: number('checkpointSeqno', 10),
  };
  const bitmapBytes = number('bitmapBytes', LINES);
  const start = lines[LINES - 1]?.end ?? bytes.byteLength;
  const bitmapEnd = start + (bitmapBytes ?? 0);
  const isWhole = bitmapBytes !== null && bitmapEnd <= bytes.byteLength;
  if (bitmapBytes !== null && !isWhole) {
    const there = bytes.byteLength - start;
    numbered.report(start, 'bitmapBytes', `needs ${bitmapBytes} bytes, ${there} left`);
  }
  const bitmap = isWhole ? bytes.subarray(start, bitmapEnd) : null;
  const [channel] = isWhole ? splitLines(bytes.subarray(bitmapEnd), 1) : [];
  const channelLine = channel?.terminated
    ? { ...channel, offset: bitmapEnd, end: bitmapEnd + channel.end }
    : null;
  const value: WorkerInfo = {
    ...fields,
    bitmapBytes,
    hasAppliedSinceCheckpoint: bitmap && bitmap.some((byte) => byte !== 0),
    bitmap: bitmap && bitmap.byteLength <= BITMAP_LIMIT ? bitmap.toString('hex') : null,
    channelName: numbered.read('channelName', channelLine, plainText),
    offsets: numbered.offsets,
  };
  return { value, problems: numbered.problems };
};
