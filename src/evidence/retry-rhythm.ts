import type { Server } from './evidence.ts';
import type { ThreadReport } from './thread-reports.ts';
import type { Trouble } from './thread-trouble.ts';

/** What failed connects promise to do, and what their lines show. */
export interface RetryRhythm {
  /** Seconds between two tries, as the newest line says. */
  readonly retrySeconds: number | null;
  /** Tries before the receiver gives up; 0: without end, null: not told. */
  readonly retriesAllowed: number | null;
  /** Number of the newest try; null where the lines do not count. */
  readonly attempt: number | null;
  /** Seconds from the first line of the episode to the last; null without times. */
  readonly seconds: number | null;
  /** Longest and shortest time between two lines, in seconds. */
  readonly gaps: { readonly shortest: number; readonly longest: number } | null;
  /** Does this server log every try (true), or an error only when it changes (false)? */
  readonly logsEveryTry: boolean | null;
  /** Is no gap longer than the promised one? Null where the lines cannot tell. */
  readonly keptTime: boolean | null;
  /** Seconds from the first try of the run to the last one that is allowed. */
  readonly lastsSeconds: number | null;
  readonly gaveUp: boolean;
}

/** A connect itself may take a while: `connect_timeout` is 10 s. */
const SLACK = 12;

const millisecondsOf = ({ time }: ThreadReport): number | null =>
  time === null ? null : Date.parse(time.endsWith('Z') ? time : `${time}Z`);

/**
 * MySQL from 5.6 on logs every try and numbers it. MySQL to 5.5 and MariaDB print how many there may be,
 * and only once for one error ("Don't repeat last error"): sql/rpl_slave.cc, sql/slave.cc
 * `connect_to_master`.
 */
const countsTries = ({ version }: Server, lines: readonly ThreadReport[]): boolean | null => {
  if (lines.some(({ text }) => /maximum-retries/.test(text))) return false;
  if (version?.flavor === 'mariadb') return false;
  if (version) return version.major > 5 || (version.major === 5 && version.minor >= 6);
  const numbers = new Set(lines.map(({ details }) => details.attempt));
  return numbers.size > 1 ? true : null;
};

/** The arithmetic of an episode of failed connects. */
export const retryRhythm = ({ story, reports }: Trouble): RetryRhythm => {
  const channel = story.server.channels.find(({ name }) => name === story.channel);
  const lines = reports.filter(({ witness }) => witness === 'error-log');
  const newest = reports.findLast(({ details }) => details.retryTime !== undefined);
  const every = countsTries(story.server, reports);
  const printed = newest?.details.attempt ?? null;
  const attempt = every === true ? printed : null;
  const retrySeconds = newest?.details.retryTime ?? channel?.masterInfo?.value.connectRetry ?? null;
  const retriesAllowed =
    newest?.details.maximumRetries ??
    (every === false ? printed : null) ??
    channel?.masterInfo?.value.retryCount ??
    null;
  const times = lines.flatMap((line) => millisecondsOf(line) ?? []);
  // A new START counts anew, and waits for no promise
  const between = lines.slice(1).flatMap((line, at) => {
    const before = lines[at];
    const [from, to] = [before ? millisecondsOf(before) : null, millisecondsOf(line)];
    const goesOn = (line.details.attempt ?? 1) > (before?.details.attempt ?? 0);
    return from !== null && to !== null && (every !== true || goesOn) ? [(to - from) / 1000] : [];
  });
  const gaps =
    between.length > 0 ? { shortest: Math.min(...between), longest: Math.max(...between) } : null;
  const [first, last] = [times[0], times.at(-1)];
  return {
    retrySeconds,
    retriesAllowed,
    attempt,
    seconds: first !== undefined && last !== undefined ? (last - first) / 1000 : null,
    gaps,
    logsEveryTry: every,
    keptTime:
      every === true && gaps && retrySeconds !== null ? gaps.longest <= retrySeconds + SLACK : null,
    lastsSeconds:
      retrySeconds === null || retriesAllowed === null || retriesAllowed === 0
        ? null
        : retrySeconds * (retriesAllowed - 1),
    gaveUp:
      attempt !== null &&
      retriesAllowed !== null &&
      retriesAllowed > 0 &&
      attempt >= retriesAllowed,
  };
};
