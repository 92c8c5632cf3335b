import { formatCoordinates } from '../../binlog/coordinates.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import { isoTime } from '../../evidence/iso-time.ts';
import { sourceSwitches } from '../../evidence/source-switches.ts';
import { serverName } from '../../rules/fix/steps.ts';
import { list } from '../../rules/words.ts';
import type { ContextEntry } from './context-entry.ts';

/** Channels that were pointed at another source, or whose source got another id. */
export const sourceSwitch = (evidence: Evidence): ContextEntry[] =>
  evidence.relays.flatMap(({ server, channel }) => {
    const switches = sourceSwitches(channel);
    if (switches.length === 0) return [];
    const name = channel.name === '' ? '' : `, channel ${channel.name}`;
    const said = switches
      .slice(0, 3)
      .map(({ from, to, renumbered }) =>
        renumbered
          ? `server ${from} became server ${to}`
          : `from server ${from} to server ${to}, whose positions are others`,
      );
    const more = switches.length > 3 ? ` (and ${switches.length - 3} more)` : '';
    return [
      {
        kind: 'source-switch',
        summary: `The source of ${serverName(server)}${name} changes in its relay logs: ${list(said)}${more}.`,
        at: switches.slice(0, 20).map(({ connection, from, to }) => ({
          path: connection.path,
          offset: connection.offset,
          length: null,
          field: 'server_id',
          source: connection.asked,
          gtid: null,
          text: `server ${to} instead of server ${from}`,
        })),
        facts: {
          server: server.id,
          channel: channel.name,
          switches: switches.map(({ connection, from, to, renumbered }) => ({
            path: connection.path,
            offset: connection.offset,
            from,
            to,
            renumbered,
            asked: connection.asked ? formatCoordinates(connection.asked) : null,
            sourceVersion: connection.format?.serverVersion ?? null,
            lastEventBefore: isoTime(connection.before?.timestamp ?? null),
            firstEventAfter: isoTime(connection.after?.timestamp ?? null),
          })),
        },
      },
    ];
  });
