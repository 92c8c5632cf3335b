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
  /** Copies of it in this relay log. */
  readonly copies: number;
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

const coordinates = (
  file: string | undefined,
  position: number | undefined,
): LogCoordinates | null => (file && position !== undefined ? { file, position } : null);

/** Goes to that place in the relay logs of the channel; null where they do not hold it. */
export const failedEvent = (trouble: Trouble): FailedEvent | null => {
  const { server, channel } = trouble.story;
  const files = server.channels.find(({ name }) => name === channel)?.relay?.files ?? [];
  const { end, stopped } = failedAt(trouble);
  // The newest copy: a group that was fetched twice fails the second time
  for (const file of [...files].reverse()) {
    const place = end && placeOf(file, end);
    if (place !== null)
      return describe(file, place, (copy) => copy.offset < place && place <= copy.end);
    const before = stopped && placeOf(file, stopped);
    if (before !== null) {
      const next = copiesIn(file)
        .filter(({ copy }) => copy.offset >= before)
        .sort((a, b) => a.copy.offset - b.copy.offset)[0];
      if (next) return describe(file, before, (copy) => copy.offset === next.copy.offset);
    }
  }
  return null;
};

const placeOf = ({ facts }: LogFile, { file, position }: LogCoordinates): number | null =>
  facts.positions.findLast(
    (one) => one.position === position % LARGEST && (one.log === null || one.log === file),
  )?.offset ?? null;

const copiesIn = ({ facts }: LogFile): Array<{ key: string; copy: CopyFact; copies: number }> => {
  const { sketch, tail, repeats } = facts.transactions;
  return [
    ...repeats.flatMap(({ key, first, second, last, copies }) =>
      [first, second, last].map((copy) => ({ key, copy, copies })),
    ),
    ...[...sketch, ...tail].map(({ key, copy }) => ({ key, copy, copies: 1 })),
  ];
};

const describe = (
  file: LogFile,
  offset: number,
  holds: (copy: CopyFact) => boolean,
): FailedEvent => {
  const found = copiesIn(file).find(({ copy }) => holds(copy));
  return {
    file,
    key: found?.key ?? null,
    copy: found?.copy ?? null,
    offset,
    copies: found?.copies ?? 1,
  };
};
