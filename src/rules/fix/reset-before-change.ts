import type { Dialect } from '../../dialects/define-dialect.ts';
import type { Channel, Server } from '../../evidence/evidence.ts';
import { missingRelayLogs } from '../../evidence/missing-relay-logs.ts';
import { findRelayIndexFaults } from '../../evidence/relay-index-faults.ts';
import type { Precondition, Step } from '../finding.ts';
import { list } from '../words.ts';
import { serverName, shellOf, shellWord } from './steps.ts';

/**
 * A server started with an index that names a missing relay log, or lacks the one of the recorded
 * position, refuses START with error 1872 or 13124 (MariaDB: 1201), also after a CHANGE. Seen on
 * MySQL 5.6.24, 9.7.4 and MariaDB 10.11.19 (the second on 9.7.4 alone): a RESET, and a CHANGE to the
 * position that was noted before, heals. Empty where the index is in order, unless the server itself has
 * `refused`: why, in words.
 */
export const resetBeforeChange = (
  server: Server | null,
  channel: Channel | null,
  dialect: Dialect,
  name: string,
  refused: string | null = null,
): Step[] => {
  const why = whyRefused(server, channel) ?? refused;
  if (why === null) return [];
  return [
    ...emptyFilesInPlace(server, channel, dialect),
    {
      kind: 'change',
      on: serverName(server),
      run: dialect.statements.resetReplica(name),
      expect: null,
      risk: 'rewrites-position',
      because: `${why}: a CHANGE alone leaves START refused (error 1872 or 13124, on MariaDB 1201). Forgets the position, which the CHANGE gives again; connection settings stay. Do not restart the server before the START`,
    },
  ];
};

const UNNAMED = new Set(['unnamed-position', 'other-series']);

const whyRefused = (server: Server | null, channel: Channel | null): string | null => {
  const missing = missingOf(channel);
  if (missing.length > 0) return `the index names ${list(missing)}, which ${areNot(missing)} there`;
  if (!server || !channel) return null;
  const unnamed = findRelayIndexFaults(server, channel).find(({ kind }) => UNNAMED.has(kind));
  return unnamed ? `the index does not name ${unnamed.logs[0]}, where the applier stands` : null;
};

/** MySQL 5.6 leaves the relay logs as they are on RESET until each of its index can be found. */
export const emptyFilesInPlace = (
  server: Server | null,
  channel: Channel | null,
  { abilities }: Dialect,
): Step[] => {
  const missing = missingOf(channel);
  if (missing.length === 0 || !abilities.resetNeedsIndexedLogs) return [];
  return [
    {
      kind: 'change',
      on: shellOf(server),
      run: `touch ${missing.map((log) => `"$DATADIR"/${shellWord(log)}`).join(' ')}`,
      expect: null,
      risk: 'none',
      because: `the index names ${list(missing)}: until a file of that name is there, even an empty one, RESET does nothing`,
    },
  ];
};

/** What such a repair supposes. */
export const missingLogsCondition = (channel: Channel | null): Precondition[] => {
  const missing = missingOf(channel);
  if (missing.length === 0) return [];
  return [
    {
      text: `${list(missing)}, which the relay log index names, ${areNot(missing)} on the server either; if only this copy lacks ${missing.length === 1 ? 'it' : 'them'}, the RESET does no harm`,
      state: 'unknown',
    },
  ];
};

const missingOf = (channel: Channel | null): readonly string[] =>
  channel ? missingRelayLogs(channel) : [];

const areNot = (missing: readonly string[]): string =>
  missing.length === 1 ? 'is not' : 'are not';
