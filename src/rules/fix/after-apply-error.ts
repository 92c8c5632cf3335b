import { formatMariadbGtid, parseMariadbGtid } from '../../binlog/mariadb-gtid.ts';
import type { Dialect } from '../../dialects/define-dialect.ts';
import type { Channel, Server } from '../../evidence/evidence.ts';
import { resumePoint } from '../../evidence/resume-point.ts';
import { refusesSkipCounter } from '../../evidence/skip-counter.ts';
import { APPLY_CLASSES } from '../apply-classes.ts';
import type { FailedApply } from '../apply-error.ts';
import type { Alternative, Fix, Step } from '../finding.ts';
import { APPLY_WAYS } from './apply-ways.ts';
import { correctPosition } from './keep-relay-logs.ts';
import { lockWaits } from './lock-waits.ts';
import { resumeAtExecuted } from './resume-at.ts';
import { skipByGtid } from './skip-by-gtid.ts';
import { changeOn, channelName, check, serverName, UNWRITABLE_NAME } from './steps.ts';
import { held } from './withheld.ts';

const GTID = /^[0-9a-f-]{36}:(?:[a-z_][a-z0-9_]{0,31}:)?\d+$/i;

/** Withheld, but where only the relay logs are wrong: no log says which row should hold. Other ways stand beside it, with what they cost. */
export const afterApplyError = (failed: FailedApply, servers: readonly Server[]): Fix | null => {
  const { server, channel, class: type, touch } = failed;
  const { dialect } = server;
  if (!dialect) return null;
  const view = server.channels.find((one) => one.name === channel) ?? null;
  if (type === 'refetched-part' && view)
    return resumeAtExecuted(server, view, ' with the events that stand twice', servers);
  if (type === 'applied-before' && view && isLogged(server, view))
    return correctPosition(server, view, ', which the source still has', servers);
  const name = channelName(dialect, view);
  if (name === null) return held(dialect, UNWRITABLE_NAME);
  const { repair } = APPLY_CLASSES[type];
  const { needsRows, mayPass } = APPLY_WAYS[type];
  const shown = type === 'lock' ? lockWaits(server) : null;
  const look = shown === null ? [] : [`What waits for what, while it tries: ${shown}`];
  const areShown = touch !== null && touch.match !== 'value' && touch.kind !== 'statement';
  const why = areShown
    ? 'which of the two sides holds what should be is in no log'
    : 'the logs do not hold the rows of both sides';
  return {
    ...held(dialect, [needsRows ? `${why}: ${repair}` : repair, ...look].join('. ')),
    alternatives: mayPass
      ? [...takeRowAway(failed, dialect, name), skipGroup(failed, dialect, name)]
      : takeOutOfOrder(failed, dialect, name),
  };
};

/** Does the replica's own binary log tell how far it came, behind the place that it stands at? */
const isLogged = (server: Server, channel: Channel): boolean => {
  const point = resumePoint(server, channel);
  return point.state === 'at' && point.witness === 'own-binlog' && point.applied.length > 0;
};

const lookFirst = (
  on: string,
  { statements, terms }: Dialect,
  name: string,
  { errorCode }: FailedApply,
): Step =>
  check(
    on,
    statements.showReplicaStatus(name),
    `${terms.applierRunning} is No${errorCode === null ? '' : `, and Last_SQL_Errno is ${errorCode}`}`,
    'another error would be another group',
  );

const goOn = (on: string, { statements }: Dialect, name: string, because: string): Step => ({
  kind: 'change',
  on,
  run: statements.startApplier(name),
  expect: null,
  risk: 'reversible',
  because,
});

const PLAIN_NAME = /^[\w$]+\.[\w$]+$/;

/** Where a row of this server's own stands in the way, and the log names its key: the source's comes in its place. */
const takeRowAway = (failed: FailedApply, dialect: Dialect, name: string): Alternative[] => {
  const { class: type, touch, trace, server } = failed;
  const condition = trace?.key?.condition;
  const table = trace?.event.table ?? '';
  const isInWay = type === 'local-write' && touch?.match === 'key' && touch.effect === 'makes';
  if (!isInWay || !condition || !PLAIN_NAME.test(table)) return [];
  const on = serverName(server);
  const quoted = table.replace(/^(.*)\.(.*)$/, '`$1`.`$2`');
  return [
    {
      title: 'the source’s row in the place of the one that was written here',
      steps: [
        lookFirst(on, dialect, name, failed),
        check(
          on,
          `SELECT * FROM ${quoted} WHERE ${condition}\\G`,
          'the row that was written here; keep its values',
          'it is about to go',
        ),
        {
          kind: 'change',
          on,
          run: `SET SESSION sql_log_bin = 0; DELETE FROM ${quoted} WHERE ${condition}; SET SESSION sql_log_bin = 1;`,
          expect: null,
          risk: 'loses-data',
          because: 'one row, on this server alone',
        },
        goOn(on, dialect, name, 'applies the failing transaction: the source’s row'),
      ],
      costs:
        'what was written on this replica in that row; what else was written there still differs, and rows that hang on it by a foreign key go or refuse',
    },
  ];
};

/** Seen on MariaDB 10.11: the applier goes on, and strict mode is taken again behind the higher number. */
const takeOutOfOrder = (failed: FailedApply, dialect: Dialect, name: string): Alternative[] => {
  const { higher, server } = failed;
  if (!higher || !hasDomains(dialect)) return [];
  const on = serverName(server);
  const existing = formatMariadbGtid(higher.gtid);
  const change = changeOn(on, 'reversible');
  return [
    {
      title: 'let the lower numbers be applied, out of order',
      steps: [
        lookFirst(on, dialect, name, failed),
        change(dialect.statements.takeGtidsOutOfOrder(), 'lower numbers are logged all the same'),
        goOn(on, dialect, name, 'goes on with the transaction that was refused'),
      ],
      costs: `what ${existing} and others of server ${higher.gtid.server} wrote here stays, and rows that differ stop the applier later, or stay different; what replicates from ${on} meets the numbers out of order. gtid_strict_mode = 1 again once the source has passed ${higher.gtid.sequence}`,
    },
  ];
};

/** The counter where positions decide, an empty transaction where MySQL's GTIDs do. */
const skipGroup = (failed: FailedApply, dialect: Dialect, name: string): Alternative => {
  const { server, gtid } = failed;
  // Applied when it came first
  const isApplied = failed.class === 'came-back';
  const on = serverName(server);
  const change = changeOn(on, isApplied ? 'rewrites-position' : 'loses-data');
  const named = gtid !== null && GTID.test(gtid);
  const byDomain = throughDomain(failed, dialect);
  const costs = isApplied
    ? 'nothing of it: it was applied when it came first. What else goes round with it stops the applier again, one group after the other'
    : 'all of that transaction is missing on this replica from then on, without an error; what follows may fail over it, or silently differ';
  if (byDomain)
    return {
      title: 'pass the group by',
      steps: [lookFirst(on, dialect, name, failed), ...byDomain],
      costs,
    };
  // The counter is refused where they are on, and an error names one only then
  const byGtid = dialect.flavor === 'mysql' && (server.gtids === 'on' || named);
  const skip = byGtid
    ? named
      ? [
          change(
            `SET GTID_NEXT = '${gtid}'; BEGIN; COMMIT; SET GTID_NEXT = 'AUTOMATIC';`,
            'an empty transaction takes the place of the failing one',
          ),
        ]
      : []
    : [change(dialect.statements.skipTransaction(name), 'one whole group is passed by')];
  return {
    title:
      byGtid && skip.length === 0
        ? 'an empty transaction under the failing GTID, which the error does not name'
        : 'pass the group by',
    steps:
      skip.length === 0
        ? []
        : [
            lookFirst(on, dialect, name, failed),
            ...skip,
            goOn(on, dialect, name, 'goes on behind it'),
          ],
    costs,
  };
};

const hasDomains = ({ abilities }: Dialect): boolean => abilities.changeOptions.includes('useGtid');

/** Where MariaDB refuses the counter. */
const throughDomain = (
  { server, channel, gtid }: FailedApply,
  dialect: Dialect,
): readonly Step[] | null => {
  const view = server.channels.find(({ name }) => name === channel);
  const parts = parseMariadbGtid(gtid ?? '');
  return view && parts && hasDomains(dialect) && refusesSkipCounter(server, view)
    ? skipByGtid(server, dialect, parts)
    : null;
};
