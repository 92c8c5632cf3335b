import type { LogCoordinates } from '../binlog/coordinates.ts';
import type { CopyFact } from '../facts/facts.ts';
import type { LogFile } from './evidence.ts';
import type { Trouble } from './thread-trouble.ts';

/** The transaction that an applier failed at, where the relay logs hold it. */
export interface FailedEvent {
  readonly file: LogFile;
  /** Of its transaction; null where the facts of a large log do not keep it. */
  readonly key: string | null;
  readonly copy: CopyFact | null;
  /** End of the event that the error names, or begin of the group that the applier stopped before. */
  readonly offset: number;
  readonly by: 'end' | 'group';
  /**
   * Does an earlier copy of it stand in this relay log: at the same place of the source’s log, fetched
   * twice, or at another, logged again there?
   */
  readonly again: 'same-place' | 'elsewhere' | null;
}

const LARGEST = 2 ** 32;

/** Where the error says that it happened: the end of the event in the source’s log, or else where the applier stopped. */
export const failedAt = (
  trouble: Trouble,
): { readonly end: LogCoordinates | null; readonly stopped: LogCoordinates | null } => {
  const { server, channel } = trouble.story;
  const said = trouble.reports.findLast(
    ({ details }) => details.sourceLog && details.sourcePosition !== undefined,
  )?.details;
  const last = trouble.reports.findLast(({ witness }) => witness === 'error-log');
  const aborted = server.observed.errorLogs
    .filter(({ path }) => path === last?.path)
    .flatMap(({ value }) => value.messages)
    .find(
      ({ kind, offset, details }) =>
        kind === 'applier-aborted' &&
        offset > (last?.offset ?? 0) &&
        (details.channel ?? '') === (last?.details.channel ?? ''),
    )?.details;
  const info = server.channels.find(({ name }) => name === channel)?.relayLogInfo?.value;
  return {
    end: coordinates(said?.sourceLog, said?.sourcePosition),
    stopped:
      coordinates(aborted?.sourceLog, aborted?.sourcePosition) ??
      coordinates(info?.sourceLogFile, info?.sourceLogPos ?? undefined),
  };
};

/** MariaDB 11.8 names position 0 for events that it stored without their place: no place. */
const coordinates = (
  file: string | undefined,
  position: number | undefined,
): LogCoordinates | null => (file && position ? { file, position } : null);

/** Goes to that place in the relay logs of the channel; null where they do not hold it. */
export const failedEvent = (trouble: Trouble): FailedEvent | null => {
  const { server, channel } = trouble.story;
  const from = server.channels.find(({ name }) => name === channel);
  const files = from?.relay?.files ?? [];
  const sourceId = from?.sourceIds.at(-1) ?? null;
  const { end, stopped } = failedAt(trouble);
  // The newest copy: a group that was fetched twice fails the second time
  for (const file of [...files].reverse()) {
    const place = end && placeOf(file, end);
    if (place !== null)
      return describe(
        copiesIn(file, sourceId),
        file,
        place,
        'end',
        (copy) => copy.offset < place && place <= copy.end,
      );
    const before = stopped && (placeOf(file, stopped) ?? connectedAt(file, stopped));
    if (before !== null) {
      const next = copiesIn(file, sourceId)
        .filter(({ copy }) => copy.offset >= before)
        .sort((a, b) => a.copy.offset - b.copy.offset)[0];
      // Of a large log not every transaction is kept: the next one known may be far behind
      const isNext =
        next && (next.copy.offset === before || file.facts.transactions.sketchComplete);
      const last = file.facts.transactions.lastComplete?.offset ?? -1;
      if (isNext) return describe([next], file, before, 'group', () => true);
      if (last >= before) return describe([], file, before, 'group', () => false);
    }
  }
  return null;
};

const placeOf = ({ facts }: LogFile, { file, position }: LogCoordinates): number | null =>
  facts.positions.findLast(
    (one) => one.position === position % LARGEST && (one.log === null || one.log === file),
  )?.offset ?? null;

/** No event ends where the receiver began to read: the Rotate of that connect names the place. */
const connectedAt = ({ facts }: LogFile, { file, position }: LogCoordinates): number | null =>
  facts.rotates.findLast((one) => one.nextLog === file && one.position === position)?.offset ??
  null;

interface Copy {
  readonly key: string;
  readonly copy: CopyFact;
  readonly again: FailedEvent['again'];
}

const copiesIn = ({ facts }: LogFile, sourceId: number | null): Copy[] => {
  const { sketch, tail, repeats } = facts.transactions;
  return [
    ...repeats.flatMap(({ key, proof, serverId, first, second, last }) => {
      // What comes back to its own server is not logged there again: a client did the same twice
      const isTwin = proof === 'content' && serverId === sourceId;
      const again = (copy: CopyFact): FailedEvent['again'] => {
        const at = againAt(copy, first);
        return isTwin && at === 'elsewhere' ? null : at;
      };
      return [
        { key, copy: first, again: null },
        ...[second, last].map((copy) => ({ key, copy, again: again(copy) })),
      ];
    }),
    ...[...sketch, ...tail].map(({ key, copy }) => ({ key, copy, again: null })),
  ];
};

const againAt = (copy: CopyFact, first: CopyFact): FailedEvent['again'] =>
  copy.position === first.position && copy.log === first.log ? 'same-place' : 'elsewhere';

const describe = (
  copies: readonly Copy[],
  file: LogFile,
  offset: number,
  by: FailedEvent['by'],
  holds: (copy: CopyFact) => boolean,
): FailedEvent => {
  const found = copies.find(({ copy }) => holds(copy));
  return {
    file,
    key: found?.key ?? null,
    copy: found?.copy ?? null,
    offset,
    by,
    again: found?.again ?? null,
  };
};
