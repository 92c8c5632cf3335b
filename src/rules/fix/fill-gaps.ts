import { formatCoordinates } from '../../binlog/coordinates.ts';
import type { Dialect } from '../../dialects/define-dialect.ts';
import { applierProgress, applierStood } from '../../evidence/applier-gaps.ts';
import { usesGtid } from '../../evidence/channel-view.ts';
import type { Channel } from '../../evidence/evidence.ts';
import { missingRelayLogs } from '../../evidence/missing-relay-logs.ts';
import type { Gapped } from '../applier-gap.ts';
import type { Fix } from '../finding.ts';
import { list } from '../words.ts';
import { channelName, check, copyAside, serverName, start, UNWRITABLE_NAME } from './steps.ts';
import { held } from './withheld.ts';

/** Applies what is missing from the relay logs, which must be whole for it. */
export const fillGaps = (
  { server, channel, progress }: Gapped,
  stood: boolean | null,
): Fix | null => {
  const { dialect } = server;
  if (!dialect?.abilities.applierGaps) return null;
  const name = channelName(dialect, channel);
  if (name === null) return held(dialect, UNWRITABLE_NAME);
  const damaged = channel.relay?.files.find(({ facts }) => facts.integrity.length > 0);
  const missing = missingRelayLogs(channel);
  const why = damaged
    ? `${damaged.name} is damaged`
    : missing.length > 0
      ? `${list(missing)}, which the relay log index names, ${missing.length === 1 ? 'is' : 'are'} not there`
      : null;
  if (why !== null && !usesGtid(channel)) {
    return held(
      dialect,
      `the gaps can only be filled from the relay logs, and ${why}: no position is right any more. Rebuild this replica, or go on by GTID auto-position`,
      [{ text: 'the relay logs are whole', state: 'unmet' }],
    );
  }
  const { statements, terms } = dialect;
  const on = serverName(server);
  const furthest = formatCoordinates(progress.highWater);
  return {
    dialect: dialect.id,
    withheld: null,
    preconditions: [
      {
        text: 'the relay logs are whole from the executed position on',
        state: channel.relay ? 'met' : 'unknown',
      },
      { text: `the ${terms.applier} stands still`, state: stood === true ? 'met' : 'unknown' },
    ],
    steps: [
      check(
        on,
        statements.showReplicaStatus(name),
        `${terms.applierRunning} is No; if it is Yes, the gaps close by themselves and nothing is to be done`,
        'a running applier is always some transactions apart',
      ),
      copyAside(
        server,
        channel.relay?.base ?? null,
        'the relay logs are the only copy from which the gaps can be filled',
      ),
      {
        kind: 'change',
        on,
        run: statements.fillApplierGaps(name),
        expect: null,
        risk: 'reversible',
        because: `applies what was left out before ${furthest}, and stops; before any CHANGE, which the server refuses until then`,
      },
      check(
        on,
        statements.showReplicaStatus(name),
        `${terms.applierRunning} is No again, Last_SQL_Errno is 0 and ${terms.execPosition} is that of ${furthest}; an error names the transaction that stopped a worker: put that right first`,
        'shows that the gaps are filled',
      ),
      start(on, dialect, name, `${on} replicates again`),
    ],
    sideEffects: [],
    undo: [statements.stopReplica(name)],
    alternatives: [],
  };
};

/** Where gaps are known to be open no CHANGE is printed: the server would refuse it, and rightly. */
export const gapsFirst = (dialect: Dialect, channel: Channel): Fix | null => {
  const progress = applierProgress(channel);
  if (!progress || (progress.unapplied ?? 0) === 0 || applierStood(channel) !== true) return null;
  return held(
    dialect,
    `the parallel applier left ${progress.unapplied} transactions out behind ${formatCoordinates(progress.lowWater)}: fill the gaps first (applier-gap), then scan again`,
    [{ text: 'the parallel applier left no gaps', state: 'unmet' }],
  );
};
