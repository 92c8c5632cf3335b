import type { Channel, Evidence, LogFile, Server } from './evidence.ts';
import type { StatusMoment } from './replica-statuses.ts';
import { type TrueLag, trueLags } from './true-lag.ts';

/** By how much one clock was ahead of another at least, as commit timestamps prove it. */
export interface ClockSkew {
  /** Server id whose clock was ahead. */
  readonly ahead: number;
  readonly seconds: number;
  /** Transactions that seem to be committed before they were, of all of that server's. */
  readonly negative: number;
  readonly transactions: number;
  readonly file: LogFile;
  readonly offset: number;
}

/** What is wrong with the clocks that a lag figure is made of. */
export type ClockCause =
  /** The receiver did not learn the source's time, and counts no difference of the clocks. */
  | {
      readonly kind: 'clock-unknown';
      readonly path: string;
      readonly offset: number;
      readonly at: string | null;
      readonly skew: ClockSkew | null;
    }
  /** The clock of the server that wrote the transactions is ahead of the source's, which alone is counted. */
  | { readonly kind: 'origin-clock'; readonly skew: ClockSkew };

interface Look {
  readonly server: Server;
  readonly channel: Channel;
  readonly moment: StatusMoment;
}
type Streams = Pick<Evidence, 'streams'>;

/** Seconds: less is what NTP leaves, and a commit that waits. */
const SLACK = 5;
/** Of a server's transactions: fewer may have had a stamp that was set by hand. */
const MOST = 0.5;

/**
 * The warning of a receiver that could not ask its source for the time: it goes on with a difference
 * of 0. After a broken connection it does not, it asks again; that one reads "Get master clock failed".
 * Source: MySQL sql/rpl_replica.cc, MariaDB sql/slave.cc get_master_version_and_clock.
 */
const NOT_TOLD = /"SELECT UNIX_TIMESTAMP\(\)" failed on (?:master|source)/;

/** All applied is 0 by definition, whatever the clocks say. */
const hasBacklog = ({ moment: { row } }: Look): boolean =>
  row.readSourceLogPos !== null &&
  row.appliedSourceLogPos !== null &&
  (row.readSourceLogFile !== row.appliedSourceLogFile ||
    row.readSourceLogPos !== row.appliedSourceLogPos);

/**
 * The figure takes the difference between the clocks of replica and source away, but a transaction has
 * the time of the server that wrote it. Where that one's clock is ahead of the source's, which the
 * relay log's commit timestamps show (MySQL 8.0.1+), the figure is too small by as much.
 */
export const originClock = (look: Look, { streams }: Streams): ClockCause | null => {
  if (!hasBacklog(look)) return null;
  const skew = largest(
    streams
      .filter(({ server, channel }) => server === look.server && channel === look.channel)
      .flatMap(trueLags)
      .flatMap((lag) => skewOf(lag)),
  );
  return skew ? { kind: 'origin-clock', skew } : null;
};

/** The newest word on the clock was that it is not known. */
export const clockUnknown = (look: Look, known: Streams): ClockCause | null => {
  const { server, channel, moment } = look;
  if (!hasBacklog(look)) return null;
  for (const { path, value } of server.observed.errorLogs) {
    const said = value.messages.findLast(
      ({ kind, actor, details }) =>
        actor === 'receiver' &&
        CONNECTS.has(kind) &&
        // The warning names no channel
        (kind === 'source-clock-unknown'
          ? server.channels.length === 1
          : (details.channel ?? '') === channel.name),
    );
    if (!said || !NOT_TOLD.test(said.text)) continue;
    if (isBefore(moment, said.time)) continue;
    return {
      kind: 'clock-unknown',
      path,
      offset: said.offset,
      at: said.time?.text ?? null,
      skew: skewToSource(look, known),
    };
  }
  return null;
};

/** A receiver that connects asks for the time; the warning follows upon the note of the connect. */
const CONNECTS: ReadonlySet<string> = new Set([
  'receiver-connected',
  'receiver-resumed',
  'source-clock-unknown',
]);

/** Was the status printed before? Told only where both state their zone. */
const isBefore = (
  { takenAt }: StatusMoment,
  time: { readonly text: string; readonly zone: string } | null,
): boolean =>
  takenAt !== null &&
  takenAt.utcOffset !== null &&
  time !== null &&
  time.zone !== 'unknown' &&
  Date.parse(`${takenAt.text.slice(0, 19)}Z`) - takenAt.utcOffset * 60_000 < Date.parse(time.text);

/** Of the direct source's clock to the replica's own, by the replica's binary log. */
export const skewToSource = (
  { server, channel, moment }: Look,
  { streams }: Streams,
): ClockSkew | null => {
  const source = moment.row.sourceServerId || channel.sourceIds.at(-1);
  return largest(
    streams
      .filter((stream) => stream.server === server && stream.channel === null)
      .flatMap(trueLags)
      .filter(({ serverId }) => serverId === source)
      .flatMap((lag) => skewOf(lag)),
  );
};

const skewOf = (lag: TrueLag): ClockSkew[] =>
  lag.skew < SLACK || lag.negative < MOST * lag.transactions
    ? []
    : [
        {
          ahead: lag.serverId,
          seconds: lag.skew,
          negative: lag.negative,
          transactions: lag.transactions,
          ...lag.leastAt,
        },
      ];

const largest = (skews: readonly ClockSkew[]): ClockSkew | null =>
  skews.reduce<ClockSkew | null>((a, b) => (a && a.seconds >= b.seconds ? a : b), null);
