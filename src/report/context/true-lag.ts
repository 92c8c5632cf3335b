import type { Evidence, Stream } from '../../evidence/evidence.ts';
import { type TrueLag, trueLags } from '../../evidence/true-lag.ts';
import { serverName } from '../../rules/fix/steps.ts';
import { count, span } from '../../rules/words.ts';
import type { ContextEntry } from './context-entry.ts';

/** Beyond, a stamp was made up (SET original_commit_timestamp) or the log was replayed. */
const YEAR = 365 * 86_400;

/** How far behind a replica really was, transaction by transaction, whatever the lag figure said. */
export const trueLag = (evidence: Evidence): ContextEntry[] =>
  evidence.streams.flatMap((stream) => {
    const lags = trueLags(stream);
    return lags.length === 0 ? [] : [entry(stream, lags)];
  });

const seconds = (value: number): string =>
  value < 1
    ? `${Math.max(1, Math.round(value * 1000))} ms`
    : value < 10
      ? `${value.toFixed(1)} s`
      : span(value);

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

const entry = ({ server, channel, chain }: Stream, lags: readonly TrueLag[]): ContextEntry => {
  const sourceId = channel?.sourceIds.at(-1);
  // A relay log carries the stamps of the source: its lag, not that of the server that stores it
  const who =
    channel === null
      ? serverName(server)
      : `the source of ${serverName(server)}${sourceId === undefined ? '' : ` (server ${sourceId})`}`;
  const said = lags
    .slice(0, 3)
    .map(
      ({ serverId, transactions, median, p95, worst }) =>
        `${count(transactions, 'transaction')} of server ${serverId}, half of them within ${seconds(median)}, 95 % within ${seconds(p95)}, the worst after ${seconds(worst)}`,
    );
  const more = lags.length > 3 ? ` (and of ${lags.length - 3} more servers)` : '';
  const skewed = lags.filter(({ negative }) => negative > 0);
  const skew = Math.max(...lags.map((lag) => lag.skew));
  const clocks =
    skewed.length === 0
      ? ''
      : ` ${count(
          skewed.reduce((sum, { negative }) => sum + negative, 0),
          'transaction',
        )} seem to be committed before their origin did: the clocks differ by ${seconds(skew)} at least, and all figures are off by that.`;
  const madeUp = lags.some(({ worst }) => worst > YEAR)
    ? ' A stamp so old was set by hand, or comes from a log that was replayed.'
    : '';
  return {
    kind: 'true-lag',
    summary: `Counted from their first commit, ${who} committed ${said.join('; ')}${more}.${clocks}${madeUp}`,
    at: lags.map(({ worst, worstAt, serverId }) => ({
      path: worstAt.file.path,
      offset: worstAt.offset,
      length: null,
      field: 'original_commit_timestamp',
      source: null,
      gtid: null,
      text: `the latest of server ${serverId}: ${seconds(Math.max(0, worst))}`,
    })),
    facts: {
      server: server.id,
      channel: channel?.name ?? null,
      log: chain.base,
      committedBy: channel === null ? server.id : (sourceId ?? null),
      origins: lags.map((lag) => ({
        serverId: lag.serverId,
        transactions: lag.transactions,
        medianSeconds: rounded(lag.median),
        p95Seconds: rounded(lag.p95),
        p99Seconds: rounded(lag.p99),
        worstSeconds: rounded(lag.worst),
        negative: lag.negative,
        clockSkewSeconds: rounded(lag.skew),
      })),
    },
  };
};
