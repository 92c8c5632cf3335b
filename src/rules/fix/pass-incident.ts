import type { Dialect } from '../../dialects/define-dialect.ts';
import type { Channel, Server } from '../../evidence/evidence.ts';
import type { Alternative, Fix, Step } from '../finding.ts';
import type { PlacedIncident } from '../lost-events-incident.ts';
import { channelName, check, serverName, start, stop } from './steps.ts';
import { held } from './withheld.ts';

/** No statement brings back what no log holds. Passing over it is possible, and its price is said. */
export const passIncident = (
  { server, stream: { channel }, fact, mayBeFailedGrant, passed }: PlacedIncident,
  servers: readonly Server[],
): Fix | null => {
  const { dialect } = server;
  if (!dialect) return null;
  const rebuild = `${mayBeFailedGrant ? 'unless a GRANT that failed wrote it (then nothing was lost: pass over it), ' : ''}what was lost is in no log, and only a copy of the tables of the server that wrote the incident brings it: rebuild`;
  if (channel && passed === true) {
    return held(
      dialect,
      `${rebuild} this replica, or compare its tables; that the applier is past the incident brings nothing back`,
    );
  }
  if (!channel) {
    return held(
      dialect,
      `${rebuild} every replica that has not come past it, and compare those that have`,
    );
  }
  const source = servers.find((other) => other !== server && other.id === fact.serverId);
  return {
    ...held(dialect, `${rebuild} this replica from server ${fact.serverId}`, [
      {
        text: `the files of server ${fact.serverId} were given: its error log tells what was not written`,
        state: source ? 'met' : 'unknown',
      },
    ]),
    alternatives: passing(server, channel, dialect, fact.gtid),
  };
};

/** By what the transaction is known: an empty one in its place, or a count of one. */
const passing = (
  server: Server,
  channel: Channel,
  dialect: Dialect,
  gtid: string | null,
): Alternative[] => {
  const name = channelName(dialect, channel);
  if (name === null) return [];
  const on = serverName(server);
  const mysqlGtid = dialect.flavor === 'mysql' ? gtid : null;
  // A count of transactions has no effect where gtid_mode is ON
  if (mysqlGtid === null && server.gtids === 'on') return [];
  const skip: Step = {
    kind: 'change',
    on,
    run:
      mysqlGtid === null
        ? dialect.statements.skipTransaction(name)
        : `SET GTID_NEXT = '${mysqlGtid}'; BEGIN; COMMIT; SET GTID_NEXT = 'AUTOMATIC';`,
    expect: null,
    risk: 'loses-data',
    because:
      mysqlGtid === null
        ? 'the applier passes over the incident when it starts'
        : 'an empty transaction in place of the incident: the applier takes it for done',
  };
  return [
    {
      title: 'pass over the incident knowingly',
      steps: [
        check(
          on,
          dialect.statements.showReplicaStatus(name),
          'Last_SQL_Errno is 1590 (13119): the applier stands at the incident and nowhere else',
          'what comes next is passed over, whatever it is',
        ),
        stop(on, dialect, name, 'the applier must stand still'),
        skip,
        start(on, dialect, name, `${on} goes on without what was lost`),
      ],
      costs:
        'whatever the source could not log is missing on this replica for good: compare the tables that the message and the source’s error log name before it serves again',
    },
  ];
};
