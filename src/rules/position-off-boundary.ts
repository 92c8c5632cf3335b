import { baseName, formatCoordinates } from '../binlog/coordinates.ts';
import { eventTypeName } from '../binlog/event-type.ts';
import { type ChannelView, positionedChannels } from '../evidence/channel-view.ts';
import type { LogFile } from '../evidence/evidence.ts';
import { cannotReadOn } from '../evidence/read-failure.ts';
import { isText, relayInfoName } from '../evidence/record-name.ts';
import type { ProbeFact } from '../facts/facts.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import { correctPosition } from './fix/keep-relay-logs.ts';
import { serverName } from './fix/steps.ts';
import { logLocus, relayInfoLocus } from './position-locus.ts';
import { gtidsDecide } from './unjudged.ts';

interface OffBoundaryFacts {
  readonly relayLog: string;
  readonly relayPosition: number;
  readonly insideOf: 'event' | 'transaction';
  readonly eventBegins: number | null;
  readonly eventEnds: number | null;
  readonly sourceRecorded: string;
}

/** relay-log.info points into an event, or into a transaction: no applier can begin there. */
export const positionOffBoundary = defineRule({
  id: 'position-off-boundary',
  title: 'The recorded relay position is inside an event or a transaction',
  severity: [
    'high: the applier stops at once (1594), or begins in the middle of a transaction',
    'low: only a text names the position, perhaps that of other relay logs of the same names (confidence possible), and no text or error log says that the applier stopped there',
  ].join('\n'),
  needs: ['relays', 'relayInfos'],
  story:
    'The applier begins at the relay position of relay-log.info, which is always the end of a transaction. A file that was edited, mixed from two moments, or written half before a crash may name a place inside an event: what stands there is no header, and the applier stops with error 1594. Inside a transaction, at the begin of an event, it may go on without an error and apply half of it.',
  traps: [
    { trap: 'position 4', why: 'the first event of a file is a boundary' },
    {
      trap: 'relay log copied earlier than relay-log.info',
      why: 'a position behind the end of the copy says nothing',
    },
    {
      trap: 'text of another moment',
      why: 'a RESET or CHANGE between the status text and the copy begins the relay logs anew under the same names: low, unless the applier is shown as stopped by what it could not read',
    },
    { trap: 'damaged relay log', why: 'where the bytes cannot be framed, corrupt-event tells' },
    {
      trap: 'MariaDB with using_gtid, MySQL with auto-position',
      why: 'the position is not used there',
    },
  ],
  fixStory:
    'Read on from the true executed position: the end of the last transaction in the replica’s own binary log, else the source position of relay-log.info where that ends a transaction.',
  references: ['MySQL error 1594, 13121', 'MariaDB error 1594'],
  *detect({ relays }) {
    for (const view of positionedChannels({ relays })) {
      const info = view.channel.relayLogInfo?.value;
      const file = view.channel.relay?.files.find(
        (one) => one.name === baseName(info?.relayLogFile ?? ''),
      );
      const probe = file?.facts.probes.find((one) => one.offset === info?.relayLogPos);
      if (!file || !probe || probe.offset > file.facts.wholeUntil || probe.offset < 4) continue;
      if (
        file.facts.integrity.some(
          ({ offset, length }) => probe.offset > offset && probe.offset < offset + length,
        )
      )
        continue;
      if (!probe.boundary || probe.transaction) yield describe(view, file, probe);
    }
  },
  unjudged: gtidsDecide,
  explain: ({ facts }) =>
    facts.insideOf === 'event'
      ? 'At that offset stands no event header, but the middle of an event: the applier reads nonsense and stops with error 1594. The relay log itself is in order.'
      : 'At that offset an event begins, but in the middle of a transaction: what stands before it in the transaction is skipped.',
  fix: ({ subject: { server, channel } }, { servers }) =>
    correctPosition(server, channel, ', which the source still has', servers),
});

const describe = (
  { server, channel }: ChannelView,
  file: LogFile,
  probe: ProbeFact,
): Found<OffBoundaryFacts, ChannelView> => {
  const info = channel.relayLogInfo?.value;
  const recorded = formatCoordinates({
    file: info?.sourceLogFile ?? '',
    position: info?.sourceLogPos ?? 0,
  });
  const event = probe.boundary ? null : probe.before;
  const text = isText(channel.relayLogInfo);
  const doubtful = text && !cannotReadOn(server, channel);
  const inside = event
    ? `inside the ${eventTypeName(event.typeCode)} event that begins at ${event.offset} and ends at ${event.offset + event.size}`
    : `inside the transaction that begins at ${probe.transaction?.offset}`;
  return {
    key: channel.name,
    severity: doubtful ? 'low' : 'high',
    confidence: doubtful ? 'possible' : event && !text ? 'proven' : 'likely',
    title: `${relayInfoName(channel)} points ${event ? 'into an event' : 'into a transaction'} of ${file.name}`,
    summary: `${relayInfoName(channel)} of ${serverName(server)} says ${file.name}:${probe.offset}, which lies ${inside}; its source position is ${recorded}.`,
    server,
    channel: channel.name,
    at: [
      ...relayInfoLocus(channel, 'relayLogPos'),
      logLocus(file.path, event?.offset ?? probe.transaction?.offset ?? probe.offset),
    ] as unknown as [Locus, ...Locus[]],
    facts: {
      relayLog: file.name,
      relayPosition: probe.offset,
      insideOf: event ? 'event' : 'transaction',
      eventBegins: event?.offset ?? null,
      eventEnds: event ? event.offset + event.size : null,
      sourceRecorded: recorded,
    },
    excluded: [{ trap: 'damaged relay log', why: 'the events around it are whole' }],
    subject: { server, channel },
  };
};
