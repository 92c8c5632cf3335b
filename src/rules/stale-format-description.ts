import { formatCoordinates } from '../binlog/coordinates.ts';
import type { Dialect } from '../dialects/define-dialect.ts';
import type { Channel, Connection, Server } from '../evidence/evidence.ts';
import { isoTime } from '../evidence/iso-time.ts';
import type { FormatDescriptionFact } from '../facts/facts.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import type { Confidence, Severity } from './finding.ts';
import { serverName } from './fix/steps.ts';
import { at, count } from './words.ts';

interface StaleCopy {
  readonly path: string;
  readonly offset: number;
  readonly written: string | null;
  /** Seconds from the format description to the next data event: how far the lag figure may have jumped. */
  readonly staleSeconds: number;
  readonly nextEvent: string | null;
  readonly asked: string | null;
  readonly by: 'source' | 'replica';
}

interface StaleFacts {
  readonly copies: readonly StaleCopy[];
  readonly staleSeconds: readonly number[];
  readonly maxStaleSeconds: number;
  readonly reconnects: number;
  readonly replicaVersion: string | null;
  readonly counted: Dialect['abilities']['formatDescriptionCountsAsLag'] | null;
}

type Found1 = Found<StaleFacts, null>;

const LEVEL: Record<Dialect['abilities']['formatDescriptionCountsAsLag'], Severity> = {
  'until-next-group': 'medium',
  'serial-applier-until-next-event': 'low',
  never: 'info',
};

/**
 * MySQL bug #66921: at a reconnect the source sends the format description of its current log once
 * more, with the time that log was opened. Servers that count it jump their lag figure by its age.
 */
export const staleFormatDescription = defineRule({
  id: 'stale-format-description',
  title: 'A reconnect copied an old format description',
  severity: [
    'medium: MySQL 5.5 and older count it until the next transaction ends',
    'low: MariaDB, whose serial applier counts it until the next event (the parallel one does not)',
    'info: MySQL 5.6 and later leave it out of the figure',
  ].join('\n'),
  needs: ['relays'],
  story:
    'The first event of every binary log describes its format and carries the time at which the log was opened. After each reconnect the source sends it again, unchanged, and the replica stores it in a new relay log. Where the applier takes its timestamp for that of the newest executed event, Seconds_Behind_Master jumps to the age of the source’s log, with nothing really behind. The data is right; only the figure is not.',
  traps: [
    {
      trap: 'quiet source',
      why: 'an old format description at the head of a log that is read from its start is normal',
    },
    {
      trap: 'relay log rotated by size or FLUSH',
      why: 'that copy carries flag 0x20 and never counts',
    },
    { trap: 'real backlog', why: 'then the data events are as old as the format description' },
    {
      trap: 'the replica’s own format description',
      why: 'its time is that of the receiver’s start; it counts only on MariaDB before MDEV-16091, where it lacks flag 0x40',
    },
  ],
  fixStory:
    'Nothing is to be changed: no position is wrong, and a CHANGE would only throw relay logs away. Look at commit timestamps or a heartbeat table instead of the lag figure, let alarms wait longer than one sample, and find out why the connection breaks.',
  references: ['MySQL bugs #66921, #80084', 'MariaDB MDEV-16091, MDEV-36840'],
  *detect({ relays, staleAfter, now }) {
    for (const { server, channel } of relays) {
      const stale = staleCopies(server, channel, { staleAfter, now });
      if (stale.length > 0) yield describe(server, channel, stale);
    }
  },
  explain: ({ facts }) => {
    const effect = {
      'until-next-group':
        'This version takes it into the lag figure, where the wrong value may have stood until the next transaction ended.',
      'serial-applier-until-next-event':
        'MariaDB’s serial applier takes it into the lag figure until it reads the next event: a poll in that moment shows the wrong value. Its parallel applier does not.',
      never:
        'This version leaves format descriptions out of the lag figure: a lag that was seen had another cause.',
    };
    return `The time in a format description is that of the opening of the source’s log. ${facts.counted ? effect[facts.counted] : 'Whether this replica counts it depends on its version, which these files do not tell: MySQL up to 5.5 and MariaDB with a serial applier do, MySQL 5.6 and later do not.'} No position is wrong.`;
  },
  fix: () => null,
});

const DAY = 86_400;

/** A mid-log start, or a log that was read before: what comes then is a copy, not the beginning. */
const isRepeated = (connection: Connection, seen: ReadonlySet<string>): boolean =>
  connection.asked !== null &&
  (connection.kind === 'connect' || connection.kind === 'reconnect') &&
  (connection.asked.position > 4 || seen.has(connection.asked.file));

const staleCopies = (
  server: Server,
  channel: Channel,
  { staleAfter, now }: { readonly staleAfter: number; readonly now: number },
): Array<{ copy: StaleCopy; format: FormatDescriptionFact }> => {
  const seen = new Set<string>();
  const stale: Array<{ copy: StaleCopy; format: FormatDescriptionFact }> = [];
  const dialect = server.dialect;
  for (const connection of channel.connections) {
    const { asked } = connection;
    if (isRepeated(connection, seen)) {
      const formats = [connection.format, ownFormat(channel, connection, dialect)];
      for (const format of formats) {
        const next = format ? (format.nextData ?? nextDataAfter(channel, connection)) : null;
        if (!format || !next || next.timestamp - format.timestamp < staleAfter) continue;
        // A time that a client made up (SET TIMESTAMP) dates nothing
        if (next.timestamp > now + DAY) continue;
        stale.push({
          copy: {
            path: connection.path,
            offset: format.offset,
            written: isoTime(format.timestamp),
            staleSeconds: next.timestamp - format.timestamp,
            nextEvent: isoTime(next.timestamp),
            asked: asked ? formatCoordinates(asked) : null,
            by: format === connection.format ? 'source' : 'replica',
          },
          format,
        });
      }
    }
    if (asked) seen.add(asked.file);
  }
  return stale;
};

/** The replica's own format description where it counts as an event of the stream: MariaDB without flag 0x40. */
const ownFormat = (
  channel: Channel,
  connection: Connection,
  dialect: Dialect | null,
): FormatDescriptionFact | null => {
  if (dialect?.abilities.formatDescriptionCountsAsLag !== 'serial-applier-until-next-event')
    return null;
  const own = channel.relay?.files.find((file) => file.path === connection.path)?.facts.formats[0];
  return own && (own.flags & 0x40) === 0 ? own : null;
};

/** The first data event of the next file that has one: this file may hold none. */
const nextDataAfter = (channel: Channel, connection: Connection): { timestamp: number } | null => {
  const files = channel.relay?.files ?? [];
  const from = files.findIndex((file) => file.path === connection.path);
  return from < 0
    ? null
    : (files.slice(from + 1).find((file) => file.facts.firstData)?.facts.firstData ?? null);
};

const describe = (
  server: Server,
  channel: Channel,
  stale: ReturnType<typeof staleCopies>,
): Found1 => {
  const counted = server.dialect?.abilities.formatDescriptionCountsAsLag ?? null;
  const seconds = stale.map(({ copy }) => copy.staleSeconds);
  const max = Math.max(...seconds);
  const severity: Severity = counted === null ? 'low' : LEVEL[counted];
  const confidence: Confidence = counted === null ? 'possible' : 'proven';
  const figure = server.dialect?.terms.secondsBehind ?? 'Seconds_Behind_Master';
  const min = Math.min(...seconds);
  const may =
    counted === 'never'
      ? `${figure} of this version does not count it.`
      : `${figure} may have jumped by that much, for ${counted === 'until-next-group' ? 'as long as the next transaction took' : 'a moment'}.`;
  const places = stale.map(
    ({ copy, format }): Locus => ({
      path: copy.path,
      offset: copy.offset,
      length: format.size,
      field: 'timestamp',
      source: null,
      gtid: null,
      text: `written ${at(format.timestamp)} UTC, ${copy.staleSeconds} s before the next data event${copy.asked ? `, after a connect to ${copy.asked}` : ''}`,
    }),
  );
  return {
    key: channel.name,
    severity,
    confidence,
    title:
      counted === 'never'
        ? `${count(stale.length, 'connect')} copied a format description up to ${max} s old, which this version ignores`
        : `A false lag of up to ${max} s may have shown (${count(stale.length, 'connect')})`,
    summary: `The relay logs of ${serverName(server)} hold ${count(stale.length, 'format description')} that came with a connect to a log which had been open for a while, and ${stale.length === 1 ? 'is' : 'are'} older than the next data event by ${min === max ? '' : `${min} s to `}${max} s. ${may} Nothing is to be changed.`,
    server,
    channel: channel.name,
    at: places as unknown as [Locus, ...Locus[]],
    facts: {
      copies: stale.map(({ copy }) => copy),
      staleSeconds: seconds,
      maxStaleSeconds: max,
      reconnects: channel.connections.filter((connection) => connection.kind === 'reconnect')
        .length,
      replicaVersion: server.version?.text ?? null,
      counted,
    },
    excluded: [
      {
        trap: 'quiet source',
        why: 'only connects in the middle of a log, or to one read before, are counted',
      },
      { trap: 'real backlog', why: 'the data events behind it are that much younger' },
    ],
    subject: null,
  };
};
