import type { Dialect } from '../../dialects/define-dialect.ts';
import type { ChannelView } from '../../evidence/channel-view.ts';
import type { Step } from '../finding.ts';
import { check, serverName, start } from './steps.ts';

/** Where in the source's logs to go on, and why there. */
export interface Target {
  readonly logFile: string;
  readonly logPos: number;
  readonly because: string;
}

/** The CHANGE to source coordinates of a channel that stands still, its start, and the look that it runs. */
export const changeToPosition = (
  { server, channel }: ChannelView,
  dialect: Dialect,
  name: string,
  { logFile, logPos, because }: Target,
): Step[] => {
  const { statements, terms, abilities } = dialect;
  const on = serverName(server);
  const heartbeat = channel.masterInfo?.value.heartbeatPeriod ?? null;
  return [
    {
      kind: 'change',
      on,
      run: statements.changeSource(name, {
        logFile,
        logPos,
        ...(abilities.heartbeatReset && heartbeat !== null ? { heartbeatPeriod: heartbeat } : {}),
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
