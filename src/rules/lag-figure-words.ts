import { formatCoordinates } from '../binlog/coordinates.ts';
import type { ClockSkew } from '../evidence/lag-clock.ts';
import type { LagFigure } from '../evidence/lag-figure.ts';
import { serverName } from './fix/steps.ts';
import { at, count, span } from './words.ts';

/** As the status itself calls it. */
export const figureName = ({ server, moment }: LagFigure): string => {
  const { words: spoken } = moment.row.dialect;
  if (spoken !== null)
    return spoken === 'source-replica' ? 'Seconds_Behind_Source' : 'Seconds_Behind_Master';
  return server.dialect?.terms.secondsBehind ?? 'Seconds_Behind_Master';
};

/** A file with its position; null where one of them is not told. */
export const placeText = (file: string | null, position: number | null): string | null =>
  file && position !== null ? formatCoordinates({ file, position }) : null;

const skewWords = ({ ahead, seconds, negative, transactions }: ClockSkew): string =>
  `the clock of server ${ahead} is ahead by ${span(seconds)} at least (${negative} of ${count(transactions, 'transaction')} seem to be committed before they were)`;

/** Where the last START told the applier to stop; null where it failed, or was told nothing. */
const startedUntil = ({
  untilCondition,
  untilLogFile,
  untilLogPos,
  applierErrorNumber,
}: LagFigure['moment']['row']): string | null => {
  if (!untilCondition || /^none$/i.test(untilCondition) || applierErrorNumber) return null;
  const place = placeText(untilLogFile, untilLogPos);
  return `${untilCondition}${place === null ? '' : ` ${place}`}`;
};

/** What follows the figure in the title, and why it is so. */
export const figureWords = ({
  server,
  moment: { row },
  figure,
  cause,
}: LagFigure): Record<'title' | 'why', string> => {
  const read = placeText(row.readSourceLogFile, row.readSourceLogPos);
  const error = (number: number | null): string => (number ? ` (error ${number})` : '');
  const until = startedUntil(row);
  switch (cause.kind) {
    case 'applier-stopped':
      return {
        title: `: the applier does not run${until === null ? '' : `; it was started UNTIL ${until}`}`,
        why: `the applier does not run${error(row.applierErrorNumber)}, and then there is no figure${until === null ? '' : `. It was last started UNTIL ${until}, and has stopped without an error; a plain START lets it go on`}`,
      };
    case 'nothing-received':
      return {
        title: `: all is applied, and the receiver is ${row.receiverRunning === 'no' ? 'stopped' : 'not connected'}`,
        why: `all that was received${read ? `, up to ${read},` : ''} is applied, and the receiver is ${row.receiverRunning === 'no' ? 'stopped' : 'not connected'}${error(row.receiverErrorNumber)}: how far the source has come is not known here`,
      };
    case 'receiver-stopped':
    case 'receiver-failing':
    case 'receiver-connecting': {
      const state =
        cause.kind === 'receiver-stopped'
          ? 'does not run'
          : `is not connected${error(row.receiverErrorNumber)}`;
      return {
        title: `, while the receiver ${state}`,
        why: `the receiver ${state}, and the figure knows nothing of what the source wrote since${read ? `; read is ${read}` : ''}`,
      };
    }
    case 'source-ahead':
      return {
        title: `, though ${serverName(cause.source)} was ahead for ${span(cause.said.before)}`,
        why: `all that was received is applied, but only ${read ?? 'little'} was received; ${serverName(cause.source)} was at ${formatCoordinates(cause.said.end)} already ${span(cause.said.before)} before`,
      };
    case 'source-behind':
      return {
        title: `, though its source is ${cause.status.row.secondsBehind} s behind its own`,
        why: `it keeps up with ${serverName(cause.source)}, which was itself ${cause.status.row.secondsBehind} s behind: what that one has not applied cannot be seen from here`,
      };
    case 'stale-format-description':
      return {
        title: ', the age of a copied format description',
        why: `the figure is the age of the format description that a connect copied, written ${at(cause.format.timestamp)} UTC: no transaction is that late`,
      };
    case 'loop':
      return {
        title: ', the age of transactions that circle',
        why: `the figure is the age of transactions of server id ${cause.loop.serverId}, written ${at(cause.written)} UTC, which come round again and again; between them it falls to 0`,
      };
    case 'delayed':
      return {
        title: `, of which ${cause.delay} s are asked for`,
        why: `this replica is delayed on purpose by ${cause.delay} s${row.remainingDelay === null ? '' : `, of which ${row.remainingDelay} s remain`}`,
      };
    case 'clock-unknown':
      return {
        title: ', counted without the difference of the clocks',
        why: `the receiver could not ask its source for the time${cause.at ? ` at ${cause.at}` : ''} and counts no difference of the clocks${cause.skew ? `; ${skewWords(cause.skew)}: the figure is too small by as much` : ''}`,
      };
    case 'origin-clock':
      return {
        title: `, too small by ${span(cause.skew.seconds)} at least for transactions of server ${cause.skew.ahead}`,
        why: `a transaction has the time of the server that wrote it, and ${skewWords(cause.skew)}; the figure counts the difference to the direct source alone`,
      };
    case 'parallel-applier':
      return {
        title: ', while workers are busy',
        why: `${read ?? 'more'} was received and ${placeText(row.appliedSourceLogFile, row.appliedSourceLogPos)} is applied; with a parallel applier the figure moves only when a job is done (${serverName(server)}, figure ${figure})`,
      };
  }
};

/** What such a figure means in general. */
export const explainFigure = ({ cause }: LagFigure): string => {
  switch (cause.kind) {
    case 'applier-stopped':
    case 'nothing-received':
      return 'NULL is no number of seconds: alarms that compare it with a limit stay silent. It says that the figure cannot be told, not that nothing is behind.';
    case 'receiver-stopped':
    case 'receiver-failing':
    case 'receiver-connecting':
      return 'While something is left to apply, the figure is the age of the newest executed event, whether the receiver runs or not: it looks like a replica in step, and nothing comes in.';
    case 'source-ahead':
      return 'Where all that was received is applied the figure is 0 by definition. Over a slow network, or behind a stuck connection, that may be hours ago.';
    case 'source-behind':
      return 'Each server of a chain counts the way to its own source only once it has applied what that sent: add the figures up along the chain, or compare commit timestamps.';
    case 'stale-format-description':
      return 'The applier took the time of a format description for that of an executed event. The next transaction puts the figure right; no position is wrong.';
    case 'loop':
      return 'Every lap is an event as old as its first writing: the figure jumps to that age and back. It goes when the loop ends.';
    case 'delayed':
      return 'The delay is part of the figure. Only what exceeds it is lag.';
    case 'clock-unknown':
      return 'When it connects the receiver takes the difference between its own clock and the source’s, and the figure is the age of an event less that. Where it got no answer it takes 0: two clocks that differ are in the figure then, until a connect that goes better.';
    case 'origin-clock':
      return 'In a chain the event keeps the time of its origin, and only the clock of the direct source is compared. A clock that is ahead there makes events look younger than they are, down to 0. Set the clocks (NTP); no position is wrong.';
    case 'parallel-applier':
      return 'The coordinator counts a transaction when its job leaves the queue: while workers are at long ones the figure stands, also at 0.';
  }
};
