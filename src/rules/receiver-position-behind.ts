import { compareCoordinates, compareLogNames } from '../binlog/coordinates.ts';
import { type RelayedTransaction, relayedTransactions } from '../evidence/applied-in-binlog.ts';
import {
  type ChannelView,
  positionedChannels,
  relayEnd,
  stoppedCleanly,
} from '../evidence/channel-view.ts';
import { isInfoTable, isText, masterInfoName } from '../evidence/record-name.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import type { Confidence, Severity } from './finding.ts';
import { correctPosition } from './fix/keep-relay-logs.ts';
import { serverName } from './fix/steps.ts';
import { logLocus, masterInfoLocus, transactionLoci } from './position-locus.ts';
import { gtidsDecide } from './unjudged.ts';
import { count } from './words.ts';

interface BehindFacts {
  readonly readPosition: number;
  readonly relayEnd: number;
  /** Where the last whole transaction ends; behind it only parts of one, or nothing. */
  readonly lastWholeTransaction: number | null;
  readonly fetchedAgain: number;
  readonly stoppedCleanly: boolean;
}

interface Behind extends ChannelView {
  readonly again: readonly RelayedTransaction[];
}

/** A difference of one transaction is what a copy of a running server shows. */
const HOT_COPY = 1;

/** master.info names an earlier place than the relay logs have reached: a restart fetches again. */
export const receiverPositionBehind = defineRule({
  id: 'receiver-position-behind',
  title: 'The recorded read position is behind what the relay logs hold',
  severity: [
    'high: the server was stopped in order, and will ask for that position again',
    'low: it may have crashed, or what names the position was taken before the relay logs were copied, which looks the same (confidence possible): a text always may',
    'info: a table (MySQL 8 and later, or master_info_repository=TABLE), which is written only now and then: relay_log_recovery=1 makes it harmless',
  ].join('\n'),
  needs: ['relays', 'masterInfos'],
  story:
    'Where master.info is a file, it is rewritten with every event, but not synced. After a power loss it may name an earlier place than the relay logs have reached; at the next START the receiver fetches the range once more, and the applier applies it twice. With relay_log_recovery=1 the relay logs are thrown away at start, and nothing is doubled.',
  traps: [
    {
      trap: 'hot copy',
      why: 'master.info copied before the relay logs is always behind: only a server that was stopped in order proves it',
    },
    {
      trap: 'MySQL 8 and later, master_info_repository=TABLE',
      why: 'the position is written at rotation, every 10,000 events and at STOP: behind is its normal state',
    },
    {
      trap: 'text of another moment',
      why: 'a status or info table that was printed before the logs were copied is behind them: low at most',
    },
    { trap: 'reconnect that asks for position 4 with auto-position', why: 'GTIDs decide there' },
  ],
  follows: ['applier-position-behind'],
  fixStory: 'Read on from the true executed position; set relay_log_recovery=ON.',
  references: ['MySQL manual: relay_log_recovery', 'MySQL WL#4621'],
  *detect({ relays }) {
    for (const view of positionedChannels({ relays })) {
      const found = judge(view);
      if (found) yield found;
    }
  },
  unjudged: gtidsDecide,
  explain: () =>
    'At the next start the receiver asks for the recorded position. What the relay logs hold behind it comes a second time, into a new relay log, and is applied a second time.',
  fix: ({ severity, subject: { server, channel } }, { servers }) =>
    severity !== 'high'
      ? null
      : correctPosition(server, channel, ', which the source still has', servers),
});

const judge = ({ server, channel }: ChannelView): Found<BehindFacts, Behind> | null => {
  const master = channel.masterInfo?.value;
  const end = relayEnd(channel);
  if (!master || master.readPosition === null || !end || master.sourceLogFile === '') return null;
  const { readPosition, sourceLogFile } = master;
  const order = compareLogNames(sourceLogFile, end.log);
  if (!(order < 0 || (order === 0 && readPosition < end.position))) return null;
  const again = relayedTransactions(channel).filter(
    ({ end: at }) =>
      at !== null &&
      // Not those before the wrap of the positions at 4 GiB
      compareCoordinates(at, { file: end.log, position: end.position }) <= 0 &&
      (compareLogNames(at.file, sourceLogFile) > 0 ||
        (at.file === sourceLogFile && at.position > readPosition)),
  );
  if (again.length <= HOT_COPY) return null;
  const clean = stoppedCleanly(channel);
  const whole = again.at(-1)?.end?.position ?? null;
  const tables =
    server.dialect?.abilities.statusFilesByDefault === false || isInfoTable(channel.masterInfo);
  const [severity, confidence]: [Severity, Confidence] = tables
    ? ['info', 'likely']
    : clean && !isText(channel.masterInfo)
      ? ['high', 'likely']
      : ['low', 'possible'];
  return {
    key: channel.name,
    severity,
    confidence,
    title: `${masterInfoName(channel)} is behind the relay logs: ${count(again.length, 'transaction')} would be fetched again`,
    summary: `${masterInfoName(channel)} of ${serverName(server)} says ${sourceLogFile}:${readPosition}; the relay logs end at ${end.log}:${end.position}${whole === null || whole === end.position ? '' : `, their last whole transaction at ${whole}`}. After a restart without relay_log_recovery ${count(again.length, 'transaction')} would come a second time.`,
    server,
    channel: channel.name,
    at: [
      ...masterInfoLocus(channel),
      logLocus(end.file.path, again[0]?.copy.offset ?? 4),
      ...transactionLoci(again.slice(1)),
    ] as unknown as [Locus, ...Locus[]],
    facts: {
      readPosition,
      relayEnd: end.position,
      lastWholeTransaction: whole,
      fetchedAgain: again.length,
      stoppedCleanly: clean,
    },
    excluded: [{ trap: 'hot copy', why: `${again.length} transactions lie between, not one` }],
    subject: { server, channel, again },
  };
};
