import { formatCoordinates } from '../binlog/coordinates.ts';
import { type ApplierProgress, applierProgress, applierStood } from '../evidence/applier-gaps.ts';
import { usesGtid } from '../evidence/channel-view.ts';
import type { Channel, Server } from '../evidence/evidence.ts';
import { isInfoTable, isText } from '../evidence/record-name.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import type { Confidence, Severity } from './finding.ts';
import { fillGaps } from './fix/fill-gaps.ts';
import { serverName } from './fix/steps.ts';
import { relayInfoLocus } from './position-locus.ts';
import { count } from './words.ts';

interface GapFacts {
  readonly executed: string;
  readonly furthest: string;
  readonly unapplied: number;
  readonly between: number;
  readonly workersAhead: number;
  /** Null where nothing tells whether the applier ran when its files were copied. */
  readonly stood: boolean | null;
}

export interface Gapped {
  readonly server: Server;
  readonly channel: Channel;
  readonly progress: ApplierProgress;
}

/** A parallel applier stopped with later transactions applied and earlier ones not. */
export const applierGap = defineRule({
  id: 'applier-gap',
  title: 'The parallel applier left gaps',
  severity: [
    'high: the applier stood still: some transactions are applied and earlier ones are not',
    'low: the same in a copy that may be of a running server, where it is normal for a moment (confidence possible); or with auto-position, where GTIDs know what is missing',
  ].join('\n'),
  needs: ['relays', 'relayInfos'],
  story:
    'A parallel applier that need not keep the order of commits applies transactions of different databases or commit groups side by side. When one worker fails, or the server dies, others have gone further. The executed position says only up to where everything is applied; which of the later ones are, stands in each worker’s file. Reading on from the executed position applies those a second time; reading on from the furthest one loses what was skipped. The server refuses a CHANGE until the gaps are filled (ER_MTS_CHANGE_MASTER_CANT_RUN_WITH_GAPS).',
  traps: [
    {
      trap: 'copy of a running server',
      why: 'workers are always some transactions apart: only a server that was stopped in order proves that they stay so',
    },
    {
      trap: 'checkpoint that lags',
      why: 'the executed position is written at checkpoints: without a transaction that nobody applied there is no gap',
    },
    {
      trap: 'file of a worker that is no more',
      why: 'what lies before the executed position says nothing',
    },
    { trap: 'MariaDB', why: 'its parallel applier commits in order' },
  ],
  fixStory:
    'Fill them from the relay logs before anything else: START … UNTIL SQL_AFTER_MTS_GAPS applies exactly what is missing and stops. The relay logs must be whole for that; if they are not, only GTID auto-position or a rebuild is left.',
  references: [
    'MySQL manual: START REPLICA, UNTIL SQL_AFTER_MTS_GAPS',
    'MySQL manual: Replication and Transaction Inconsistencies',
    'MySQL sql/rpl_replica.cc mts_recovery_groups',
  ],
  *detect({ relays }) {
    for (const { server, channel } of relays) {
      const progress = applierProgress(channel);
      if (progress && (progress.unapplied ?? 0) > 0) yield describe({ server, channel, progress });
    }
  },
  unjudged: ({ relays }) => {
    const parallel = relays.filter(isParallel);
    if (parallel.some(({ channel }) => channel.workers.length === 0)) {
      return 'the files of the parallel applier’s workers (worker-relay-log.info.*), or what mysql.slave_worker_info holds';
    }
    if (parallel.some(({ channel }) => applierProgress(channel)?.ahead.some(hasLostBits))) {
      return 'what the workers applied, which mysql.slave_worker_info printed raw has lost: mysql --binary-as-hex prints it';
    }
    return parallel.some(({ channel }) => applierProgress(channel)?.unapplied === null)
      ? 'relay logs that go back to the executed position: the worker files alone do not tell which transactions lie between'
      : null;
  },
  explain: ({ facts }) =>
    `Between ${facts.executed} and ${facts.furthest} some transactions are applied and others are not, so that no single position is right. A START fills the gaps from the relay logs before it goes on; anything that deletes the relay logs before that makes them permanent.`,
  fix: ({ subject, facts }) => fillGaps(subject, facts.stood),
});

/** One thread leaves no gaps, nor does an applier that commits in order. */
const isParallel = ({ server, channel }: Pick<Gapped, 'server' | 'channel'>): boolean =>
  server.dialect?.abilities.applierGaps !== false &&
  (channel.workers.length > 0 || (channel.relayLogInfo?.value.workers ?? 0) > 0);

/** A table printed raw names the last transaction of a worker, and not which it applied before. */
const hasLostBits = (worker: Channel['workers'][number]): boolean =>
  isInfoTable(worker) && worker.value.bitmap === null;

const describe = (gapped: Gapped): Found<GapFacts, Gapped> => {
  const { server, channel, progress } = gapped;
  const { lowWater, highWater, ahead } = progress;
  const stood = applierStood(channel);
  const unapplied = progress.unapplied ?? 0;
  const between = progress.between ?? 0;
  const [severity, confidence]: [Severity, Confidence] = usesGtid(channel)
    ? ['low', 'likely']
    : stood && !isText(channel.relayLogInfo)
      ? ['high', 'proven']
      : ['low', 'possible'];
  const executed = formatCoordinates(lowWater);
  const furthest = formatCoordinates(highWater);
  return {
    key: channel.name,
    severity,
    confidence,
    title: `The parallel applier left ${count(unapplied, 'transaction')} out behind ${executed}`,
    summary: `On ${serverName(server)} everything up to ${executed} is applied; ${count(ahead.length, 'worker')} went on as far as ${furthest}. Of ${count(between, 'transaction')} between, ${unapplied} ${unapplied === 1 ? 'is' : 'are'} not applied.${stood === true ? ' The server was stopped in order afterwards, and the gaps stayed.' : ' If the server was running when its files were copied, this is its normal state.'}`,
    server,
    channel: channel.name,
    at: [
      ...ahead.map(
        ({ path, value }): Locus => ({
          path,
          offset: value.offsets.groupSourceLogPos ?? 0,
          length: null,
          field: 'groupSourceLogPos',
          source: null,
          gtid: null,
          text: `worker ${value.id} applied ${value.groupSourceLogFile}:${value.groupSourceLogPos}`,
        }),
      ),
      ...relayInfoLocus(channel, 'sourceLogPos'),
    ] as unknown as [Locus, ...Locus[]],
    facts: { executed, furthest, unapplied, between, workersAhead: ahead.length, stood },
    excluded: [
      {
        trap: 'checkpoint that lags',
        why: 'no worker’s bitmap holds these transactions',
      },
      ...(stood === true
        ? [
            {
              trap: 'copy of a running server',
              why: 'the newest relay log ends with the Stop of an orderly shutdown',
            },
          ]
        : []),
    ],
    subject: gapped,
  };
};
