import type { Dialect } from '../../dialects/define-dialect.ts';
import { settingOf } from '../../evidence/observations.ts';
import type { Alternative, Fix, Step } from '../finding.ts';
import type { FailedStartup, StartupClass } from '../receiver-startup-failure.ts';
import { changeOn, channelName, check, serverName, UNWRITABLE_NAME } from './steps.ts';
import { held } from './withheld.ts';

/** Seconds that a line may be silent without harm: what newer servers wait. */
const PATIENT = 60;

const IDENTITY: Readonly<Partial<Record<StartupClass, string>>> = {
  'equal-ids':
    'a start gets the same answer until one of the two servers has a server_id of its own (my.cnf and SET GLOBAL server_id); which one is to change these files do not tell',
  'equal-uuids':
    'a start gets the same answer until one of the two servers has a uuid of its own (stop it, move auto.cnf away, start it); which one is the copy these files do not tell',
};

/** Starts the receiver where nothing but a lost answer stopped it; equal identities come first. */
export const restartReceiver = (failed: FailedStartup): Fix | null => {
  const { server, channel, class: type, state } = failed;
  const { dialect } = server;
  if (!dialect) return null;
  const { terms, statements } = dialect;
  const identity = IDENTITY[type];
  if (identity !== undefined) return held(dialect, identity);
  const name = channelName(dialect, channel);
  if (name === null) return held(dialect, UNWRITABLE_NAME);
  if (state === 'trying') {
    return {
      ...held(
        dialect,
        `the ${terms.receiver} connects again by itself and goes on once the line between it and its ${terms.source} carries the answers: what loses them (a firewall, a proxy, a path MTU, a ${terms.source} that hangs) is to be put right, and nothing on the ${terms.replica}`,
      ),
      alternatives: longerTimeout(failed, dialect, name),
    };
  }
  const on = serverName(server);
  const start: Step = {
    kind: 'change',
    on,
    run: statements.startReceiver(name),
    expect: null,
    risk: 'reversible',
    because: `the ${terms.receiver} goes on from where it stood; no position is to be changed`,
  };
  return {
    dialect: dialect.id,
    withheld: null,
    preconditions: preconditionsOf(failed, dialect),
    steps: [
      check(
        on,
        statements.showReplicaStatus(name),
        `${terms.receiverRunning} is Yes, Connecting or No: with Yes it was started meanwhile, and nothing is to be done; with Connecting it tries by itself; with No it stands still`,
        'it may have been started since',
      ),
      start,
      check(
        on,
        statements.showReplicaStatus(name),
        `${terms.receiverRunning} is Yes, ${terms.readPosition} grows`,
        `shows that it connected; a ${terms.source} that writes nothing leaves the position as it is`,
      ),
    ],
    sideEffects:
      type === 'refused'
        ? []
        : [
            'on a line that goes on losing packets it happens again, until the server is a version that takes up such connections by itself (Percona Server 5.5.36, MySQL 8, MariaDB)',
          ],
    undo: [statements.stopReceiver(name)],
    alternatives: longerTimeout(failed, dialect, name),
  };
};

const preconditionsOf = (
  { class: type, answer }: FailedStartup,
  { terms }: Dialect,
): Fix['preconditions'] => [
  type === 'refused'
    ? {
        text: `what the ${terms.source} refused (${answer ?? 'see the error'}) has been put right there`,
        state: 'unknown',
      }
    : {
        text: `the line to the ${terms.source} carries answers again: a client on this host gets one to SELECT @@server_id`,
        state: 'unknown',
      },
];

/** Only where the timeout is known to be short. */
const longerTimeout = (
  { server, class: type }: FailedStartup,
  { terms, statements }: Dialect,
  name: string,
): Alternative[] => {
  const known = settingOf(server.observed, 'replica_net_timeout')?.setting.value;
  if (type === 'refused' || typeof known !== 'number' || known >= PATIENT / 2) return [];
  const on = serverName(server);
  const change = changeOn(on, 'reversible');
  return [
    {
      title: `wait longer for an answer than the ${known} s of now`,
      steps: [
        change(
          `SET GLOBAL ${terms.netTimeout} = ${PATIENT};`,
          'holds until the server restarts: the option file must say it too',
        ),
        change(statements.stopReceiver(name), 'the running connection keeps the old value'),
        change(statements.startReceiver(name), 'connects with the new value'),
      ],
      costs: `a dead connection is noticed after ${PATIENT} s and not after ${known}`,
    },
  ];
};
