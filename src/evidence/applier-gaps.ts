import { compareCoordinates, type LogCoordinates } from '../binlog/coordinates.ts';
import type { MetadataDocument } from '../metadata/index.ts';
import { relayedTransactions } from './applied-in-binlog.ts';
import { stoppedCleanly } from './channel-view.ts';
import type { Channel } from './evidence.ts';
import { sourceEndAtHead } from './log-chain.ts';

type Worker = MetadataDocument<'worker-info'>;

/** How far a parallel applier's workers have come past the checkpoint that all have reached. */
export interface ApplierProgress {
  /** Up to here everything is applied: the executed position. */
  readonly lowWater: LogCoordinates;
  /** Nothing behind it is. */
  readonly highWater: LogCoordinates;
  readonly ahead: readonly Worker[];
  /** Transactions between the two; null where neither the workers nor the relay logs number them. */
  readonly between: number | null;
  /** Those of them that are not applied though later ones are; null where nothing tells. */
  readonly unapplied: number | null;
}

/**
 * Reads the worker files as the server does at its start (MySQL rpl_replica.cc
 * `mts_recovery_groups`): a worker counts where its last transaction lies behind the executed
 * position, and its bitmap says which of those since its checkpoint it applied; what is in nobody's
 * bitmap, up to the last of all, is a gap. Null where no worker is ahead.
 */
export const applierProgress = (channel: Channel): ApplierProgress | null => {
  const info = channel.relayLogInfo?.value;
  if (!info || info.sourceLogPos === null || info.sourceLogFile === '') return null;
  const lowWater = { file: info.sourceLogFile, position: info.sourceLogPos };
  const ahead = channel.workers
    .filter((worker) => {
      const last = lastOf(worker);
      return last !== null && compareCoordinates(last, lowWater) > 0;
    })
    .sort((a, b) => compareCoordinates(lastOf(a) ?? lowWater, lastOf(b) ?? lowWater));
  const highest = ahead.at(-1);
  const highWater = highest ? lastOf(highest) : null;
  if (!highWater) return null;
  const applied = bySequence(channel, ahead) ?? byRelayLogs(channel, ahead, lowWater, highWater);
  return {
    lowWater,
    highWater,
    ahead,
    between: applied?.length ?? null,
    unapplied: applied?.filter((done) => !done).length ?? null,
  };
};

/** Did the applier stand still when its files were copied? Null where nothing tells. */
export const applierStood = (channel: Channel): boolean | null =>
  stoppedCleanly(channel) ? true : null;

const lastOf = ({ value }: Worker): LogCoordinates | null =>
  value.groupSourceLogPos === null || value.groupSourceLogFile === ''
    ? null
    : { file: value.groupSourceLogFile, position: value.groupSourceLogPos };

const checkpointOf = ({ value }: Worker): string =>
  `${value.checkpointSourceLogFile}:${value.checkpointSourceLogPos}`;

const isSet = (bitmap: string, n: number): boolean =>
  ((Number.parseInt(bitmap.slice((n >> 3) * 2, (n >> 3) * 2 + 2), 16) || 0) & (1 << (n & 7))) !== 0;

/** Workers with one checkpoint number the transactions since it alike: applied or not, in order. */
const bySequence = ({ workers }: Channel, ahead: readonly Worker[]): readonly boolean[] | null => {
  const checkpoint = ahead[0] ? checkpointOf(ahead[0]) : '';
  if (ahead.some((worker) => checkpointOf(worker) !== checkpoint)) return null;
  const alike = workers.filter((worker) => checkpointOf(worker) === checkpoint);
  const last = Math.max(...ahead.map(({ value }) => value.checkpointSeqno ?? -1));
  if (last < 0 || alike.some(({ value }) => value.bitmap === null)) return null;
  // Bits that no bitmap has: the files are not of one moment
  if (alike.some(({ value }) => last >= 4 * (value.bitmap?.length ?? 0))) return null;
  return Array.from({ length: last + 1 }, (_, n) =>
    alike.some(({ value }) => isSet(value.bitmap ?? '', n)),
  );
};

/** Otherwise the relay logs number them: a worker's last bit is its last transaction. */
const byRelayLogs = (
  channel: Channel,
  ahead: readonly Worker[],
  lowWater: LogCoordinates,
  highWater: LogCoordinates,
): readonly boolean[] | null => {
  const { relay } = channel;
  if (!relay || !relay.files.every(({ facts }) => isCounted(facts.transactions))) return null;
  const ends = relayedTransactions(channel).map(({ end }) => end);
  const between = ends.filter(
    (end) =>
      end !== null &&
      compareCoordinates(end, lowWater) > 0 &&
      compareCoordinates(end, highWater) <= 0,
  ) as LogCoordinates[];
  if (ends.some((end) => end === null) || !reaches(channel, lowWater)) return null;
  const applied = between.map(() => false);
  for (const worker of ahead) {
    const last = lastOf(worker);
    const at = last ? between.findIndex((end) => compareCoordinates(end, last) === 0) : -1;
    const { bitmap, checkpointSeqno } = worker.value;
    if (at < 0 || bitmap === null || checkpointSeqno === null) return null;
    for (let back = 0; back <= Math.min(at, checkpointSeqno); back += 1) {
      if (isSet(bitmap, checkpointSeqno - back)) applied[at - back] = true;
    }
  }
  return applied;
};

/** Are all transactions of the file kept, none of them twice? */
const isCounted = ({
  sketchComplete,
  repeats,
}: NonNullable<Channel['relay']>['files'][number]['facts']['transactions']): boolean =>
  sketchComplete && repeats.length === 0;

/** Do the relay logs go back as far as the executed position? */
const reaches = ({ relay, connections }: Channel, lowWater: LogCoordinates): boolean => {
  const asked = connections.find((connection) => connection.asked !== null)?.asked;
  if (asked && compareCoordinates(asked, lowWater) <= 0) return true;
  const first = relay?.files.find(({ facts }) => facts.firstData);
  const head = relay && first ? sourceEndAtHead(relay, first) : null;
  return (
    head?.log !== null &&
    head !== null &&
    compareCoordinates({ file: head.log, position: head.position }, lowWater) <= 0
  );
};
