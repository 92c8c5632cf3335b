import type { Dialect } from '../../dialects/define-dialect.ts';
import { usesGtid } from '../../evidence/channel-view.ts';
import type { Channel, Server } from '../../evidence/evidence.ts';
import type { FailedApplierStartup } from '../applier-startup-failure.ts';
import type { Alternative, Fix } from '../finding.ts';
import { changeToPosition } from './change-to-position.ts';
import { resetBeforeChange } from './reset-before-change.ts';
import { resumeAtExecuted } from './resume-at.ts';
import { channelName, check, copyAside, serverName } from './steps.ts';
import { held } from './withheld.ts';

const REFUSED = 'the server could not set up its relay logs when it started';

/**
 * RESET, and the executed position again (tried on MySQL 5.6.24 and MariaDB 10.11.19: renamed relay
 * logs, deleted ones, a deleted index; a CHANGE alone healed none of them).
 */
export const resetAndResume = (
  { server, channel, look }: FailedApplierStartup,
  servers: readonly Server[],
): Fix | null => {
  const { dialect } = server;
  if (!dialect) return null;
  if (!channel) return held(dialect, NO_POSITION);
  const fix = resumeAtExecuted(server, channel, ' and the index with them', servers, REFUSED);
  if (!fix) return null;
  const kept =
    look.cause === 'renamed'
      ? [
          `instead of the RESET and the CHANGE: relay_log and relay_log_index set back to the name of ${look.named} in the option file, and a restart, keep the relay logs; set them in any case, so that the next new name does not matter`,
        ]
      : [];
  const recorded = fix.withheld === null ? null : atRecorded(server, channel, dialect);
  return {
    ...fix,
    sideEffects: [...fix.sideEffects, ...kept],
    alternatives: [...fix.alternatives, ...(recorded ? [recorded] : [])],
  };
};

const NO_POSITION =
  'the executed position is in none of these files: bring relay-log.info, or find in the replica’s own binary log the last transaction that came from its source, and its end in the source’s log';

/** Where the relay log is gone, what relay-log.info says of the source stands alone. */
const atRecorded = (server: Server, channel: Channel, dialect: Dialect): Alternative | null => {
  const { sourceLogFile = '', sourceLogPos = null } = channel.relayLogInfo?.value ?? {};
  const name = channelName(dialect, channel);
  if (sourceLogFile === '' || sourceLogPos === null || name === null || usesGtid(channel))
    return null;
  const on = serverName(server);
  const { statements, terms } = dialect;
  return {
    title: `the recorded position, ${sourceLogFile}:${sourceLogPos}`,
    costs:
      'right where the server was shut down in order; after a crash relay-log.info may be older than the tables, and the first transactions are applied a second time: 1062, or doubled rows without an error',
    steps: [
      check(
        on,
        statements.showReplicaStatus(name),
        `${terms.execLogFile} is ${sourceLogFile} and ${terms.execPosition} is ${sourceLogPos}`,
        'nothing has moved since these files were copied',
      ),
      copyAside(server, channel.relay?.base ?? null),
      ...resetBeforeChange(server, channel, dialect, name, REFUSED),
      ...changeToPosition({ server, channel }, dialect, name, {
        logFile: sourceLogFile,
        logPos: sourceLogPos,
        because: 'gives the recorded position again',
      }),
    ],
  };
};
