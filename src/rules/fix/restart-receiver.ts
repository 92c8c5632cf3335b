import type { Fix, Step } from '../finding.ts';
import type { FailedStartup } from '../receiver-startup-failure.ts';
import { channelName, check, serverName, UNWRITABLE_NAME } from './steps.ts';
import { held } from './withheld.ts';

/** Starts the receiver where nothing but a lost answer stopped it; equal identities come first. */
export const restartReceiver = ({ server, channel, class: type }: FailedStartup): Fix | null => {
  const { dialect } = server;
  if (!dialect) return null;
  if (type !== 'question-failed') {
    return held(
      dialect,
      type === 'equal-ids'
        ? 'a start gets the same answer until one of the two servers has a server_id of its own (my.cnf and SET GLOBAL server_id); which one is to change these files do not tell'
        : 'a start gets the same answer until one of the two servers has a uuid of its own (stop it, move auto.cnf away, start it); which one is the copy these files do not tell',
    );
  }
  const name = channelName(dialect, server.channels.find((one) => one.name === channel) ?? null);
  if (name === null) return held(dialect, UNWRITABLE_NAME);
  const { terms, statements } = dialect;
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
    preconditions: [],
    steps: [
      check(
        on,
        statements.showReplicaStatus(name),
        `${terms.receiverRunning} is No, Last_IO_Errno 1593 or 1159`,
        'it may have been started since',
      ),
      start,
      check(
        on,
        statements.showReplicaStatus(name),
        `${terms.receiverRunning} is Yes, ${terms.readPosition} grows`,
        'shows that it connected',
      ),
    ],
    sideEffects: [
      'on a line that goes on losing packets it happens again, until the server is a version that takes up such connections by itself (Percona Server 5.5.36, MySQL 5.6 and later)',
    ],
    undo: [statements.stopReceiver(name)],
    alternatives: [],
  };
};
