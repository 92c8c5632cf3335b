import type { LogCoordinates } from '../../binlog/coordinates.ts';
import type { ChangeOptions, Dialect } from '../../dialects/define-dialect.ts';
import { stoppedCleanly } from '../../evidence/channel-view.ts';
import type { Channel, Server } from '../../evidence/evidence.ts';
import { isStopped, replicaStatuses } from '../../evidence/replica-statuses.ts';
import { resumePoint } from '../../evidence/resume-point.ts';
import type { Step } from '../finding.ts';
import { check, serverName } from './steps.ts';

/** For a position that only the server tells: whoever runs it puts the values in. */
export const atNotedPosition = (dialect: Dialect, name: string, options: ChangeOptions): string =>
  dialect.statements
    .changeSource(name, { logFile: 'FILE', logPos: 4, ...options })
    .replace(/(LOG_POS = )4/, '$1POSITION');

/**
 * A RESET forgets the executed position, so that the CHANGE behind it has to give it. Where the
 * replica stood still when its files and texts were taken it is known, and only compared; of a running
 * one it has moved since, and is left open.
 */
export const changeAfterReset = (
  server: Server | null,
  channel: Channel | null,
  dialect: Dialect,
  name: string,
  options: ChangeOptions,
): { readonly look: Step; readonly change: string; readonly known: boolean } => {
  const at = server && channel ? positionAtRest(server, channel) : null;
  const { terms, statements } = dialect;
  const on = serverName(server);
  const show = statements.showReplicaStatus(name);
  return {
    known: at !== null,
    look: check(
      on,
      show,
      at
        ? `${terms.execLogFile} is ${at.file} and ${terms.execPosition} is ${at.position}; if not, write what it shows into the CHANGE`
        : `${terms.execLogFile} and ${terms.execPosition}: note them, the CHANGE needs them as FILE and POSITION`,
      'the RESET forgets the position',
    ),
    change: at
      ? statements.changeSource(name, { logFile: at.file, logPos: at.position, ...options })
      : atNotedPosition(dialect, name, options),
  };
};

/** Only as the server itself will show it: what a better witness says is for the repair of a position. */
const positionAtRest = (server: Server, channel: Channel): LogCoordinates | null => {
  const newest = replicaStatuses(server, channel).at(-1);
  const rested = newest ? isStopped(newest) : stoppedCleanly(channel);
  const point = rested ? resumePoint(server, channel) : null;
  return point?.state === 'at' && point.applied.length === 0 ? point.recorded : null;
};
