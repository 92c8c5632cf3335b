import { formatCoordinates } from '../../binlog/coordinates.ts';
import type { Channel, Connection, Evidence, Server } from '../../evidence/evidence.ts';
import { isoTime } from '../../evidence/iso-time.ts';
import { reconnectHistory } from '../../evidence/reconnect-history.ts';
import { serverName } from '../../rules/fix/steps.ts';
import { count, list } from '../../rules/words.ts';
import type { ContextEntry } from './context-entry.ts';

/** Entries listed in the facts; the counts are always whole. */
const LISTED = 200;

const NOUNS: Record<Connection['kind'], [string, string]> = {
  connect: ['connect', 'connects'],
  reconnect: ['reconnect', 'reconnects'],
  'source-rotation': ['rotation of the source', 'rotations of the source'],
  'source-restart': ['restart of the source', 'restarts of the source'],
  'relay-rotation': [
    'rotation of the relay log by size or FLUSH',
    'rotations of the relay log by size or FLUSH',
  ],
};

/** How each relay log of each channel began: connects, reconnects and rotations told apart. */
export const reconnects = (evidence: Evidence): ContextEntry[] =>
  evidence.relays.flatMap(({ server, channel }) => {
    if (channel.connections.length === 0) return [];
    return [entry(server, channel)];
  });

const entry = (server: Server, channel: Channel): ContextEntry => {
  const { connections } = channel;
  const counts = Object.fromEntries(
    Object.keys(NOUNS).map((kind) => [kind, connections.filter((one) => one.kind === kind).length]),
  );
  const parts = (Object.keys(NOUNS) as Connection['kind'][]).flatMap((kind) => {
    const n = counts[kind] ?? 0;
    return n > 0 ? [count(n, ...NOUNS[kind])] : [];
  });
  const name = channel.name === '' ? '' : `, channel ${channel.name}`;
  return {
    kind: 'reconnects',
    summary: `The relay logs of ${serverName(server)}${name} show ${list(parts)}.`,
    at: connections
      .filter((one) => one.kind === 'reconnect')
      .slice(0, 20)
      .map((one) => ({
        path: one.path,
        offset: one.offset,
        length: null,
        field: null,
        source: one.asked,
        gtid: null,
        text: null,
      })),
    facts: {
      server: server.id,
      channel: channel.name,
      counts,
      history: reconnectHistory(channel)
        .slice(0, LISTED)
        .map(({ connection: one, mode, cause, notBefore, notAfter, gapSeconds }) => ({
          kind: one.kind,
          path: one.path,
          offset: one.offset,
          asked: one.asked ? formatCoordinates(one.asked) : null,
          mode,
          cause,
          sourceServerId: one.sourceId,
          lastEventBefore: isoTime(one.before?.timestamp ?? null),
          firstEventAfter: isoTime(one.after?.timestamp ?? null),
          gapSeconds,
          notBefore: isoTime(notBefore),
          notAfter: isoTime(notAfter),
          formatDescriptionWritten: isoTime(one.format?.timestamp ?? null),
        })),
      leftOut: Math.max(0, connections.length - LISTED),
    },
  };
};
