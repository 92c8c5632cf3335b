import { classicErrorNumber } from '../metadata/error-log/error-number.ts';
import type { Server } from './evidence.ts';
import { type Observation, rowsOf } from './observations.ts';
import { readReport } from './read-report.ts';
import type { ThreadReport } from './thread-reports.ts';

const printedAt = ({ takenAt }: Observation): number | null =>
  takenAt === null || takenAt.utcOffset === null
    ? null
    : Date.parse(`${takenAt.text}Z`) - takenAt.utcOffset * 60_000;

/** What one status text says of one thread of a channel. */
export interface ShownThread {
  readonly channel: string;
  readonly report: ThreadReport;
}

interface Said {
  /** Undefined where the text has no such column: that of the row. */
  readonly offset: number | undefined;
  readonly running: boolean;
  readonly isTrying?: boolean;
  readonly number: number | null;
  readonly words: string | null;
  readonly time: string | null;
}

type Seen = Observation<'connection-status' | 'applier-worker-status' | 'replica-status'>;

const shownThread = (
  seen: Seen,
  { offset, number, words, running, isTrying = false, time }: Said,
): ShownThread => {
  const failing = number !== null && number !== 0 && !running;
  const report = failing ? readReport(words ?? '') : { kind: null, details: {}, text: '' };
  return {
    channel: seen.row.channelName ?? '',
    report: {
      ...report,
      says: failing ? 'failing' : running ? 'working' : 'ended',
      witness: 'status-text',
      path: seen.path,
      offset: offset ?? seen.row.offset,
      time: failing ? time : null,
      moment: null,
      printed: printedAt(seen),
      errorCode: failing ? number : null,
      errorNumber: failing ? classicErrorNumber(number) : null,
      isTrying,
    },
  };
};

export const receiverRows = ({ observed }: Pick<Server, 'observed'>): ShownThread[] => [
  ...rowsOf(observed, 'connection-status').map((seen) =>
    shownThread(seen, {
      offset: seen.row.offsets.error,
      running: seen.row.serviceState === 'on',
      isTrying: seen.row.serviceState === 'connecting',
      number: seen.row.errorNumber,
      words: seen.row.error,
      time: seen.row.errorTime,
    }),
  ),
  ...rowsOf(observed, 'replica-status').map((seen) =>
    shownThread(seen, {
      offset: seen.row.offsets.receiverError,
      running: seen.row.receiverRunning === 'yes',
      isTrying: ['connecting', 'preparing'].includes(seen.row.receiverRunning ?? ''),
      number: seen.row.receiverErrorNumber,
      words: seen.row.receiverError,
      time: seen.row.receiverErrorTime,
    }),
  ),
];

type Worker = Observation<'applier-worker-status'>;

/** The workers of one applier are one thread here: one that failed stops them all, without an error of theirs. */
const applierWorkers = (observed: Server['observed']): Worker[] => {
  const appliers = new Map<string, Worker[]>();
  for (const seen of rowsOf(observed, 'applier-worker-status')) {
    const key = [seen.path, seen.takenAt?.text, seen.row.channelName].join('\0');
    const workers = appliers.get(key);
    if (workers) workers.push(seen);
    else appliers.set(key, [seen]);
  }
  return [...appliers.values()].flatMap((workers) => {
    const failed = workers
      .filter(({ row }) => row.serviceState !== 'on' && (row.errorNumber ?? 0) !== 0)
      .toSorted((a, b) => ((a.row.errorTime ?? '') < (b.row.errorTime ?? '') ? -1 : 1));
    return (
      failed.at(-1) ?? workers.find(({ row }) => row.serviceState === 'on') ?? workers[0] ?? []
    );
  });
};

/** What names no transaction: `ANONYMOUS`, and what is empty. */
const gtidOrNothing = (gtid: string | null): { gtid?: string } =>
  gtid === null || !gtid.includes(':') ? {} : { gtid };

export const applierRows = ({ observed }: Pick<Server, 'observed'>): ShownThread[] => [
  ...applierWorkers(observed).map((seen) => {
    const shown = shownThread(seen, {
      offset: seen.row.offsets.error,
      running: seen.row.serviceState === 'on',
      number: seen.row.errorNumber,
      words: seen.row.error,
      time: seen.row.errorTime,
    });
    const { report } = shown;
    const applying = gtidOrNothing(seen.row.applying ?? seen.row.lastSeen);
    return report.says === 'failing'
      ? { ...shown, report: { ...report, details: { ...applying, ...report.details } } }
      : shown;
  }),
  ...rowsOf(observed, 'replica-status').map((seen) =>
    shownThread(seen, {
      offset: seen.row.offsets.applierError,
      running: seen.row.applierRunning === 'yes',
      number: seen.row.applierErrorNumber ?? seen.row.lastErrorNumber,
      words: seen.row.applierError ?? seen.row.lastError,
      time: seen.row.applierErrorTime,
    }),
  ),
];
