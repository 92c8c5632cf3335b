import type { Server } from '../evidence/evidence.ts';
import type { ErrorLogMessage } from '../metadata/error-log/error-log.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import { serverName } from './fix/steps.ts';
import { count, list } from './words.ts';

interface PacketFacts {
  readonly lines: number;
  readonly clients: readonly string[];
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  /** Seconds between two lines, where they come as regularly as a job does. */
  readonly everySeconds: number | null;
}

interface Bursts {
  readonly path: string;
  readonly messages: readonly ErrorLogMessage[];
}

const OUT_OF_ORDER = /Got packets out of order/i;
const SHOWN = 3;

/** A client sent bytes that are no packet, and the server hung up. It is not replication. */
export const packetsOutOfOrder = defineRule({
  id: 'packets-out-of-order',
  title: 'Clients send bytes that are no packets',
  severity: 'low: clients are cut off, and replication has no part in it',
  needs: ['errorLogs'],
  story:
    'The server closes a connection on which a packet bears another number than the next ("Got packets out of order"); the client finds its server gone away at the next query. It happens where something else is written into the connection: a program that closed its standard error reconnects, the socket becomes file descriptor 2, and a child’s warning goes down the connection to the server. A browser or a probe that speaks to the port leaves the same line. The server is healthy, and so is replication.',
  traps: [
    {
      trap: 'the replication account among the clients',
      why: 'then it is no matter of clients: the receiver’s own error tells, and this rule is silent',
    },
    {
      trap: 'aborted connections for other reasons',
      why: 'only these words count: timeouts and errors of reading are the network’s',
    },
  ],
  fixStory:
    'Nothing is to be done on the server. Find the client by user and host; a line a day at one time is a job. On its host, ls -l /proc/PID/fd: the socket to the server as 0, 1 or 2 is the fault. Let it open /dev/null in place of what it closes.',
  references: [
    'MySQL, MariaDB sql/net_serv.cc: ER_NET_PACKETS_OUT_OF_ORDER (1156)',
    'MySQL manual: Communication Errors and Aborted Connections',
  ],
  *detect({ errorLogs, servers }) {
    const accounts = new Set(
      servers.flatMap(({ channels }) => channels.map((one) => one.masterInfo?.value.user ?? '')),
    );
    for (const server of errorLogs) {
      for (const { path, value } of server.observed.errorLogs) {
        const isSource = value.counts['dump-started'] !== undefined;
        const messages = value.messages.filter(
          ({ kind, details }) =>
            OUT_OF_ORDER.test(details.reason ?? '') &&
            (kind === 'connection-aborted' ||
              // Without a database it may be a dump thread
              (kind === 'dump-connection-aborted' &&
                !isSource &&
                !accounts.has(details.user ?? ''))),
        );
        if (messages.length > 0) yield describe(server, { path, messages });
      }
    }
  },
  explain: ({ facts }) =>
    `None of these connections is known to be a replica’s. Bytes that are no packet came over them${facts.clients.length > 0 ? ` from ${list(facts.clients.slice(0, SHOWN))}` : ''}. ${facts.everySeconds === null ? 'A single line may be a probe of the port; lines that come again are a program’s' : `They come every ${facts.everySeconds} s, as a job does`}: look at its descriptors with ls -l /proc/PID/fd while it runs, where the connection to the server must not be 0, 1 or 2.`,
  fix: () => null,
});

const clientOf = ({ details }: ErrorLogMessage): string[] =>
  details.user === undefined ? [] : [`${details.user}@${details.host ?? ''}`];

/** Gaps of one length, within a tenth of it. */
const regularity = (messages: readonly ErrorLogMessage[]): number | null => {
  const times = messages.flatMap(({ time }) =>
    time ? [Date.parse(time.text.endsWith('Z') ? time.text : `${time.text}Z`) / 1000] : [],
  );
  const gaps = times.slice(1).map((to, i) => to - (times[i] ?? to));
  if (gaps.length < 2) return null;
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  return mean > 0 && gaps.every((gap) => Math.abs(gap - mean) <= mean / 10)
    ? Math.round(mean)
    : null;
};

const describe = (server: Server, { path, messages }: Bursts): Found<PacketFacts, Bursts> => {
  const clients = [...new Set(messages.flatMap(clientOf))];
  const [first, last] = [messages[0]?.time?.text ?? null, messages.at(-1)?.time?.text ?? null];
  return {
    key: path,
    severity: 'low',
    confidence: 'proven',
    title: `${count(messages.length, 'connection')} closed for packets out of order: a client's fault, not replication's`,
    summary: `${serverName(server)} closed ${count(messages.length, 'connection')} on which bytes came that are no packet${clients.length > 0 ? `, of ${list(clients.slice(0, SHOWN))}` : ''}${first ? `, from ${first} to ${last}` : ''}. Replication has no part in it.`,
    server,
    channel: '',
    at: messages.slice(0, SHOWN).map(
      ({ offset, text }): Locus => ({
        path,
        offset,
        length: null,
        field: null,
        source: null,
        gtid: null,
        text,
      }),
    ) as unknown as [Locus, ...Locus[]],
    facts: {
      lines: messages.length,
      clients: clients.slice(0, 20),
      firstSeen: first,
      lastSeen: last,
      everySeconds: regularity(messages),
    },
    excluded: [
      {
        trap: 'the replication account among the clients',
        why: 'none of these is known to be a dump thread',
      },
    ],
    subject: { path, messages },
  };
};
