import type { Dialect } from '../../dialects/define-dialect.ts';
import type { ChannelView } from '../../evidence/channel-view.ts';
import type { Step } from '../finding.ts';
import { changeToPosition } from './change-to-position.ts';
import { check, copyAside, serverName, stop } from './steps.ts';

const FIRST_POSITION = 4;

/** Before that: what was received and is not applied goes with the relay logs. */
export const untilAllApplied = (on: string, { statements, terms }: Dialect, name: string): Step =>
  check(
    on,
    statements.showReplicaStatus(name),
    `${terms.execLogFile} and ${terms.execPosition} equal ${terms.readLogFile} and ${terms.readPosition}, and ${terms.applierRunning} is Yes; if not, wait until they do: what is not applied exists nowhere else`,
    'the CHANGE deletes the relay logs',
  );

/** Goes on at the beginning of one of the source's logs, once nothing that was received is left to apply. */
export const changeToLog = (
  { server, channel }: ChannelView,
  dialect: Dialect,
  name: string,
  { log, because }: { readonly log: string; readonly because: string },
): Step[] => {
  const { statements, terms } = dialect;
  const on = serverName(server);
  return [
    stop(on, dialect, name, 'a CHANGE needs both threads stopped'),
    check(
      on,
      statements.showReplicaStatus(name),
      `${terms.execPosition} still equals ${terms.readPosition}`,
      'read again now that nothing moves',
    ),
    copyAside(server, channel.relay?.base ?? null),
    ...changeToPosition({ server, channel }, dialect, name, {
      logFile: log,
      logPos: FIRST_POSITION,
      because,
    }),
  ];
};
