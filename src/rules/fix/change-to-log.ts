import type { Dialect } from '../../dialects/define-dialect.ts';
import type { ChannelView } from '../../evidence/channel-view.ts';
import type { Step } from '../finding.ts';
import { check, copyAside, serverName, start, stop } from './steps.ts';

const FIRST_POSITION = 4;

/** Goes on at the beginning of one of the source's logs, once nothing that was received is left to apply. */
export const changeToLog = (
  { server, channel }: ChannelView,
  dialect: Dialect,
  name: string,
  { log, because }: { readonly log: string; readonly because: string },
): Step[] => {
  const { statements, terms } = dialect;
  const on = serverName(server);
  const heartbeat = channel.masterInfo?.value.heartbeatPeriod ?? null;
  return [
    stop(on, dialect, name, 'a CHANGE needs both threads stopped'),
    check(
      on,
      statements.showReplicaStatus(name),
      `${terms.execPosition} still equals ${terms.readPosition}`,
      'read again now that nothing moves',
    ),
    copyAside(server, channel.relay?.base ?? null),
    {
      kind: 'change',
      on,
      run: statements.changeSource(name, {
        logFile: log,
        logPos: FIRST_POSITION,
        ...(dialect.abilities.heartbeatReset && heartbeat !== null
          ? { heartbeatPeriod: heartbeat }
          : {}),
      }),
      expect: null,
      risk: 'rewrites-position',
      because,
    },
    start(on, dialect, name, `${on} replicates again`),
    check(
      on,
      statements.showReplicaStatus(name),
      `${terms.receiverRunning} and ${terms.applierRunning} are Yes`,
      'shows that replication goes on',
    ),
  ];
};
