import type { Server } from '../../evidence/evidence.ts';
import type { Fix } from '../finding.ts';
import type { InUse } from '../ignored-server-id-in-use.ts';
import { changeReceiver } from './change-receiver.ts';
import { channelName, check, serverName, UNWRITABLE_NAME } from './steps.ts';
import { held } from './withheld.ts';

/** The list without the id. What was dropped until then does not come by itself. */
export const stopIgnoring = (
  { server, channel, id }: InUse,
  servers: readonly Server[],
): Fix | null => {
  const { dialect } = server;
  if (!dialect?.abilities.ignoreServerIds) return null;
  const name = channelName(dialect, channel);
  if (name === null) return held(dialect, UNWRITABLE_NAME);
  const { terms, statements } = dialect;
  const on = serverName(server);
  if (id.seen === 'holes') {
    return held(
      dialect,
      `whose events were dropped is not told: look into the log of the ${terms.source} first`,
    );
  }
  const ids = channel.masterInfo?.value.ignoreServerIds ?? [];
  const rest = ids.filter((other) => other !== id.serverId);
  const change = changeReceiver({
    server,
    channel,
    dialect,
    name,
    servers,
    to: { ignoreServerIds: rest },
    from: { ignoreServerIds: ids },
    because: `from now on events of server id ${id.serverId} are stored${rest.length > 0 ? '; the other ids stay on the list' : ''}`,
  });
  const missing = `what server id ${id.serverId} wrote while it was ignored stays missing on ${on} and behind it: compare the tables, or rebuild; an update of a row that never came stops the ${terms.applier} (1032)`;
  return {
    ...change,
    dialect: dialect.id,
    preconditions: [
      ...change.preconditions,
      {
        text: `server id ${id.serverId} is not that of a loop that the list was set to end`,
        state: 'unknown',
      },
    ],
    steps:
      change.withheld === null
        ? [
            check(
              on,
              statements.showReplicaStatus(name),
              `${terms.ignoreServerIds} is ${ids.join(', ')}; if not, do not go on: scan again with fresh copies`,
              'the CHANGE replaces the whole list',
            ),
            ...change.steps,
            check(
              on,
              statements.showReplicaStatus(name),
              `${terms.ignoreServerIds} is ${rest.length === 0 ? 'empty' : rest.join(', ')}, ${terms.receiverRunning} and ${terms.applierRunning} are Yes`,
              'shows that nothing is dropped any more',
            ),
          ]
        : [],
    sideEffects: [...change.sideEffects, missing],
    alternatives: [],
  };
};
