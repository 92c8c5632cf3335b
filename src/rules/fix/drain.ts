import { compareCoordinates } from '../../binlog/coordinates.ts';
import type { Dialect } from '../../dialects/define-dialect.ts';
import { relayEnd } from '../../evidence/channel-view.ts';
import type { Channel, Server } from '../../evidence/evidence.ts';
import { missingRelayLogs } from '../../evidence/missing-relay-logs.ts';
import type { Fix } from '../finding.ts';
import { list } from '../words.ts';
import { check, copyAside, serverName } from './steps.ts';
import { held } from './withheld.ts';

/** The relay logs may be the last copy: let the applier run through them, change nothing. */
export const drain = (
  server: Server,
  channel: Channel,
  dialect: Dialect,
  name: string,
  why: string,
): Fix => {
  const on = serverName(server);
  const { statements, terms } = dialect;
  const missing = missingRelayLogs(channel);
  if (missing.length > 0) {
    return held(
      dialect,
      `${why}; and ${list(missing)}, which the relay log index names, ${missing.length === 1 ? 'is' : 'are'} not there, so the ${terms.applier} would not get past it`,
    );
  }
  return {
    dialect: dialect.id,
    withheld: null,
    preconditions: [{ text: `a CHANGE would delete the relay logs: ${why}`, state: 'met' }],
    steps: [
      copyAside(server, channel.relay?.base ?? null, 'the relay logs are the last copy'),
      {
        kind: 'change',
        on,
        run: statements.startApplier(name),
        expect: null,
        risk: 'reversible',
        because: `applies what is still in the relay logs; ${why}`,
      },
      check(
        on,
        statements.showReplicaStatus(name),
        `${whenDrained(channel, dialect)}; then scan again with fresh copies: only then can a position be changed`,
        'until then the relay logs must not be deleted',
      ),
    ],
    sideEffects: ['no position is changed yet'],
    undo: [statements.stopReplica(name)],
    alternatives: [],
  };
};

/** A read position that is behind the relay logs (seen on MySQL 5.6 and MariaDB 10.11) is passed long before their end. */
const whenDrained = (channel: Channel, { terms }: Dialect): string => {
  const end = relayEnd(channel);
  const { sourceLogFile: file, readPosition: position } = channel.masterInfo?.value ?? {};
  const behind =
    end &&
    file &&
    position &&
    compareCoordinates({ file, position }, { file: end.log, position: end.position }) < 0;
  return behind
    ? `${terms.execLogFile} is ${end.log} and ${terms.execPosition} is ${end.position}, the end of the relay logs`
    : `${terms.execPosition} reaches ${terms.readPosition}`;
};
