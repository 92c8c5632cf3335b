import type { Server } from '../../evidence/evidence.ts';
import { sourceOf } from '../../evidence/source-of.ts';
import type { Fix, Step } from '../finding.ts';
import type { Storm } from '../reconnect-storm.ts';
import { channelName, check, serverName, sourceName, UNWRITABLE_NAME } from './steps.ts';
import { held } from './withheld.ts';

/** Looks that tell why a connection breaks, most likely cause first. Nothing is changed. */
export const findWhyItBreaks = (
  { server, channel, pattern, heartbeat }: Storm,
  servers: readonly Server[],
): Fix | null => {
  const { dialect } = server;
  if (!dialect) return null;
  const name = channelName(dialect, channel);
  if (name === null) return held(dialect, UNWRITABLE_NAME);
  const { terms, statements } = dialect;
  const on = serverName(server);
  const source = sourceOf(channel, server, servers);
  const timeout = check(
    on,
    `SELECT @@global.${terms.netTimeout};`,
    heartbeat === null
      ? 'at least twice the heartbeat period of this connection'
      : heartbeat === 0
        ? 'whatever it is, heartbeats are off: a source that is quiet for so long loses the connection'
        : `more than ${2 * heartbeat}, twice the heartbeat period of ${heartbeat} s`,
    'a receiver that hears nothing for so long gives its connection up',
  );
  const others = check(
    sourceName(channel, server, dialect, servers),
    (source?.dialect ?? dialect).statements.showReplicas(),
    `each server id${dialect.flavor === 'mysql' ? ' and each UUID' : ''} stands once, and ${server.id === null ? 'that of the replica' : server.id} keeps its host when asked again`,
    'two replicas with one id cut each other off',
  );
  const steps: Step[] = [
    ...(pattern === 'another-receiver-or-killed' ? [others, timeout] : [timeout, others]),
    check(
      on,
      statements.showReplicaStatus(name),
      'Last_IO_Error tells why, where the last connect failed',
      'the error log has the same with its time, and whether START was given',
    ),
  ];
  return {
    dialect: dialect.id,
    withheld: null,
    preconditions: [],
    steps,
    sideEffects: [],
    undo: [],
    alternatives: [],
  };
};
