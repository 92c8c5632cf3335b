import type { Dialect } from '../../dialects/define-dialect.ts';
import type { Server } from '../../evidence/evidence.ts';
import type { Alternative, Fix } from '../finding.ts';
import type { LateHeartbeat } from '../heartbeat-outlasts-timeout.ts';
import { changeReceiver } from './change-receiver.ts';
import { channelName, check, serverName, start, stop, UNWRITABLE_NAME } from './steps.ts';
import { held } from './withheld.ts';

/** Seconds: half of what all newer servers take for the timeout. */
const USUAL = 30;

/** A heartbeat period of half the timeout, with what the CHANGE costs on this version. */
export const shortenHeartbeat = (
  { server, channel, period, timeout, fits }: LateHeartbeat,
  servers: readonly Server[],
): Fix | null => {
  const { dialect } = server;
  if (!dialect?.abilities.changeOptions.includes('heartbeatPeriod')) return null;
  const name = channelName(dialect, channel);
  if (name === null) return held(dialect, UNWRITABLE_NAME);
  const { terms, statements } = dialect;
  const on = serverName(server);
  const seconds = timeout === null ? USUAL : Math.min(USUAL, timeout / 2);
  const change = changeReceiver({
    server,
    channel,
    dialect,
    name,
    servers,
    to: { heartbeatPeriod: seconds },
    from: { heartbeatPeriod: period },
    because: `asks for a heartbeat each ${seconds} s`,
  });
  const asks = check(
    on,
    `SELECT @@global.${terms.netTimeout};`,
    timeout !== null
      ? `${timeout}`
      : fits
        ? `${2 * seconds} or more; if it is less, write half of it into the CHANGE instead of ${seconds}`
        : `more than ${period === 0 ? 'the source is ever quiet for' : period}; if not, its connection breaks whenever the ${terms.source} is quiet for so long`,
    'a period of half of it lets one heartbeat get lost',
  );
  const done = check(
    on,
    statements.showReplicaStatus(name),
    `${terms.receiverRunning} and ${terms.applierRunning} are Yes; the number of relay logs no longer grows while the ${terms.source} is quiet`,
    'shows that the connection holds',
  );
  const alternatives = period > 0 ? [longerTimeout(on, dialect, name, period)] : [];
  if (!fits && change.withheld === null) {
    // Nothing shows any harm yet: no position is touched on a suspicion
    return {
      dialect: dialect.id,
      withheld: null,
      preconditions: change.preconditions,
      steps: [asks],
      sideEffects: [],
      undo: [],
      alternatives: [
        {
          title: `a heartbeat each ${seconds} s, where the timeout is not longer than the period`,
          steps: [...change.steps, done],
          costs: change.sideEffects.join('; '),
        },
        ...alternatives,
      ],
    };
  }
  return {
    ...change,
    dialect: dialect.id,
    steps: change.withheld === null ? [asks, ...change.steps, done] : [],
    alternatives,
  };
};

/** Nothing of the connection is changed, so that relay logs and positions stay. */
const longerTimeout = (on: string, dialect: Dialect, name: string, period: number): Alternative => {
  const { statements, terms } = dialect;
  const seconds = Math.ceil(2 * period);
  return {
    title: 'a longer timeout instead',
    steps: [
      {
        kind: 'change',
        on,
        run: `SET GLOBAL ${terms.netTimeout} = ${seconds};`,
        expect: null,
        risk: 'reversible',
        because: 'counts from the next connect on; write it into the option file, too',
      },
      { ...stop(on, dialect, name, 'ends the connection'), run: statements.stopReceiver(name) },
      {
        ...start(on, dialect, name, 'connects with the new timeout'),
        run: statements.startReceiver(name),
      },
    ],
    costs: `a connection that is dead indeed is noticed only after ${seconds} s`,
  };
};
