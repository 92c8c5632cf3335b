import {
  compareCoordinates,
  formatCoordinates,
  type LogCoordinates,
} from '../binlog/coordinates.ts';
import { type RelayedTransaction, relayedTransactions } from '../evidence/applied-in-binlog.ts';
import { type ChannelView, positionedChannels } from '../evidence/channel-view.ts';
import { executedPosition } from '../evidence/executed-position.ts';
import { isText, relayInfoName } from '../evidence/record-name.ts';
import { resumePoint } from '../evidence/resume-point.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import { correctPosition } from './fix/keep-relay-logs.ts';
import { serverName } from './fix/steps.ts';
import { logLocus, relayInfoLocus, transactionLoci } from './position-locus.ts';
import { gtidsDecide } from './unjudged.ts';
import { count } from './words.ts';

interface MismatchFacts {
  readonly relayLog: string;
  readonly relayPosition: number;
  readonly sourceRecorded: string;
  readonly sourceAtRelayPosition: string | null;
  readonly differenceBytes: number | null;
  readonly witness: string | null;
  /** Transactions between the two places: the lower one applies them twice, the higher one loses them. */
  readonly between: number | null;
}

/** The two positions of relay-log.info name different events: one of them is wrong. */
export const positionMismatch = defineRule({
  id: 'position-mismatch',
  title: 'The recorded relay and source positions name different events',
  severity: [
    'high: the applier begins at the one, a CHANGE at the other: one applies twice, or skips',
    'low: only a text names the positions, perhaps those of other relay logs of the same names (confidence possible)',
  ].join('\n'),
  needs: ['relays', 'relayInfos'],
  story:
    'relay-log.info holds the executed position twice: as an offset in a relay log, and as coordinates in the source’s log. The events of the relay log tie the two together. Where they name different events, the file was edited, or mixed from two moments; the applier starts from the first, a CHANGE without RELAY_LOG_FILE from the second.',
  traps: [
    {
      trap: 'events that the receiver drops',
      why: 'own and ignored ids move the source position ahead with nothing stored between',
    },
    {
      trap: 'Rotate with server id 0',
      why: 'it stands for skipped source events, and moves the source position',
    },
    {
      trap: 'text of another moment',
      why: 'a RESET or CHANGE between the status text and the copy begins the relay logs anew under the same names: low at most',
    },
    { trap: 'positions above 4 GiB', why: 'headers wrap: compared modulo 2^32' },
    { trap: 'MariaDB with using_gtid, MySQL with auto-position', why: 'never judged' },
  ],
  follows: ['position-off-boundary'],
  fixStory:
    'The replica’s own binary log decides, where it has one. Without a witness the fix is withheld, and both candidates are named: the lower one applies transactions twice, the higher one loses them.',
  references: ['MySQL manual: The Applier Metadata Repository'],
  *detect({ relays }) {
    for (const view of positionedChannels({ relays })) {
      const position = executedPosition(view.server, view.channel);
      if (position.state !== 'contradicted' || !position.elsewhere) continue;
      yield describe(view, position.elsewhere);
    }
  },
  unjudged: gtidsDecide,
  explain: ({ facts }) =>
    `Up to ${facts.relayLog}:${facts.relayPosition} the relay log holds the source’s events to ${facts.sourceAtRelayPosition ?? 'another place'}, not to ${facts.sourceRecorded}. Only one of the two can be what was applied.`,
  fix: ({ subject: { server, channel } }, { servers }) =>
    correctPosition(server, channel, ', which the source still has', servers),
});

type Elsewhere = NonNullable<
  Extract<ReturnType<typeof executedPosition>, { state: 'contradicted' }>['elsewhere']
>;

const describe = (
  { server, channel }: ChannelView,
  { file, offset, source }: Elsewhere,
): Found<MismatchFacts, ChannelView> => {
  const info = channel.relayLogInfo?.value;
  const recorded = { file: info?.sourceLogFile ?? '', position: info?.sourceLogPos ?? 0 };
  const there =
    source.log === null ? null : formatCoordinates({ file: source.log, position: source.position });
  const same = source.log === null || source.log === recorded.file;
  const difference = same ? recorded.position - source.position : null;
  const point = resumePoint(server, channel);
  const other = source.log === null ? null : { file: source.log, position: source.position };
  const [lower, higher] =
    other && compareCoordinates(other, recorded) > 0 ? [recorded, other] : [other, recorded];
  const between = lower && betweenThem(relayedTransactions(channel), lower, higher);
  const decides =
    point.state === 'at'
      ? ` ${point.why.charAt(0).toUpperCase()}${point.why.slice(1)}.`
      : ` No witness tells which is true.${candidates(between, lower, higher)}`;
  return {
    key: channel.name,
    severity: isText(channel.relayLogInfo) ? 'low' : 'high',
    confidence: isText(channel.relayLogInfo) ? 'possible' : 'likely',
    title: `${relayInfoName(channel)} names two different places`,
    summary: `${relayInfoName(channel)} of ${serverName(server)} says ${file.name}:${offset}, where the source stood at ${there ?? source.position}, and ${formatCoordinates(recorded)}${difference === null ? '' : `: ${Math.abs(difference)} bytes ${difference > 0 ? 'ahead' : 'behind'}`}.${decides}`,
    server,
    channel: channel.name,
    at: [
      ...relayInfoLocus(channel, 'relayLogPos'),
      ...relayInfoLocus(channel, 'sourceLogPos'),
      logLocus(file.path, offset),
      ...transactionLoci(between ?? []),
    ] as unknown as [Locus, ...Locus[]],
    facts: {
      relayLog: file.name,
      relayPosition: offset,
      sourceRecorded: formatCoordinates(recorded),
      sourceAtRelayPosition: there,
      differenceBytes: difference,
      witness: point.state === 'at' ? point.witness : null,
      between: between?.length ?? null,
    },
    excluded: [
      { trap: 'events that the receiver drops', why: 'events stand between the two places' },
    ],
    subject: { server, channel },
  };
};

const betweenThem = (
  relayed: readonly RelayedTransaction[],
  lower: LogCoordinates,
  higher: LogCoordinates,
): RelayedTransaction[] =>
  relayed.filter(
    ({ end }) =>
      end !== null && compareCoordinates(end, lower) > 0 && compareCoordinates(end, higher) <= 0,
  );

const NAMED = 3;

/** What each of the two would do, as far as the relay logs hold what lies between. */
const candidates = (
  between: readonly RelayedTransaction[] | null,
  lower: LogCoordinates | null,
  higher: LogCoordinates,
): string => {
  if (!between || !lower || between.length === 0) return '';
  const ends = between.slice(0, NAMED).flatMap(({ end }) => (end ? formatCoordinates(end) : []));
  const more = between.length > ends.length ? ', …' : '';
  const which = `${count(between.length, 'transaction')} (ending at ${ends.join(', ')}${more})`;
  return ` If ${formatCoordinates(higher)} is true, resuming at ${formatCoordinates(lower)} applies ${which} twice; if ${formatCoordinates(lower)} is true, resuming at ${formatCoordinates(higher)} loses ${between.length === 1 ? 'it' : 'them'}.`;
};
