import type { Server } from '../evidence/evidence.ts';
import type { ErrorLogMessage } from '../metadata/error-log/error-log.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import { serverName } from './fix/steps.ts';
import { count, list } from './words.ts';

interface PacketFacts {
  readonly lines: number;
  readonly clients: readonly string[];
  /** Lines of connections that had not logged in: probes of the port. */
  readonly beforeLogin: number;
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  /** Seconds between two lines, where they come as regularly as a job does. */
  readonly everySeconds: number | null;
}

/** A connection that was closed, and who it was, as far as a line says it. */
interface Closed {
  readonly message: ErrorLogMessage;
  /** `user@host`; null where no line names it. */
  readonly client: string | null;
  readonly isBeforeLogin: boolean;
}

interface Bursts {
  readonly path: string;
  readonly closed: readonly Closed[];
}

const OUT_OF_ORDER = /Got packets out of order/i;
/** What servers call who has not logged in: `sql/sql_connect.cc`. */
const NOBODY = 'unauthenticated';
const SHOWN = 3;

/** A client sent bytes that are no packet, and the server hung up. It is not replication. */
export const packetsOutOfOrder = defineRule({
  id: 'packets-out-of-order',
  title: 'Clients send bytes that are no packets',
  severity: 'low: clients are cut off, and replication has no part in it',
  needs: ['errorLogs'],
  story:
    'The server answers a packet that bears another number than the next with error 1156 ("Got packets out of order") and closes the connection; the client finds its server gone away at the next query. It happens where something else is written into the connection: a program that closed its standard error reconnects, the socket becomes file descriptor 2, and a child’s warning goes down the connection to the server. A browser or a probe that speaks to the port does the same before any login. The server is healthy, and so is replication: in a receiver’s own connection such bytes read as a lost connection (2013), and it connects again.',
  traps: [
    {
      trap: 'the replication account among the clients',
      why: 'then it is no matter of clients: the receiver’s own error tells, and this rule is silent',
    },
    {
      trap: 'aborted connections for other reasons',
      why: 'only these words count: timeouts and errors of reading are the network’s',
    },
    {
      trap: 'error log without such lines',
      why: 'MySQL writes one only where the client is gone before the answer, and with log_warnings 2 (log_error_verbosity 3); MariaDB with log_warnings 4 at each: a log without them does not prove that there were none, the client’s error 1156 does',
    },
  ],
  fixStory:
    'Nothing is to be done on the server. Find the client by user and host; a line a day at one time is a job. On its host, ls -l /proc/PID/fd: the socket to the server as 0, 1 or 2 is the fault. Let it open /dev/null in place of what it closes. Lines without an account are probes of the port: let them log in, or speak to another port.',
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
        const isReplicas = (user: string | undefined): boolean =>
          isSource || accounts.has(user ?? '');
        const closed = closedIn(value.messages, isReplicas);
        if (closed.length > 0) yield describe(server, { path, closed });
      }
    }
  },
  explain: ({ facts }) =>
    `None of these connections is known to be a replica’s. Bytes that are no packet came over them${facts.clients.length > 0 ? ` from ${list(facts.clients.slice(0, SHOWN))}` : ''}. ${
      facts.beforeLogin === facts.lines
        ? 'Nobody had logged in there: something speaks to the port that is no client, as a browser, a health check or a scanner.'
        : `${facts.everySeconds === null ? 'A single line may be a probe of the port; lines that come again are a program’s' : `They come every ${facts.everySeconds} s, as a job does`}: look at its descriptors with ls -l /proc/PID/fd while it runs, where the connection to the server must not be 0, 1 or 2.`
    }`,
  fix: () => null,
});

/**
 * The connections that were closed for it. MariaDB writes a line of the error and, where the client is
 * gone, a second one that names it; both bear the number of the connection.
 */
const closedIn = (
  messages: readonly ErrorLogMessage[],
  isReplicas: (user: string | undefined) => boolean,
): Closed[] =>
  messages.flatMap((message, at): Closed[] => {
    const { kind, actor, details } = message;
    if (kind === 'packets-out-of-order' && actor === 'server') {
      const next = messages[at + 1];
      const named = next && isOfConnection(next, message.thread) ? next : null;
      if (named && OUT_OF_ORDER.test(named.details.reason ?? '')) return [];
      const user = named?.details.user;
      return [
        {
          message,
          client: named && user !== NOBODY ? clientOf(named) : null,
          isBeforeLogin: user === NOBODY || message.code !== null,
        },
      ];
    }
    if (!OUT_OF_ORDER.test(details.reason ?? '')) return [];
    // Without a database it may be a dump thread
    const isClients =
      kind === 'connection-aborted' ||
      (kind === 'dump-connection-aborted' && !isReplicas(details.user));
    const isBeforeLogin = details.user === NOBODY;
    return isClients
      ? [{ message, client: isBeforeLogin ? null : clientOf(message), isBeforeLogin }]
      : [];
  });

const isOfConnection = ({ kind, details }: ErrorLogMessage, connection: string | null): boolean =>
  (kind === 'connection-aborted' || kind === 'dump-connection-aborted') &&
  connection !== null &&
  details.connectionId === Number(connection);

const clientOf = ({ details }: ErrorLogMessage): string | null =>
  details.user === undefined ? null : `${details.user}@${details.host ?? ''}`;

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

const describe = (server: Server, { path, closed }: Bursts): Found<PacketFacts, Bursts> => {
  const messages = closed.map(({ message }) => message);
  const clients = [...new Set(closed.flatMap(({ client }) => client ?? []))];
  const beforeLogin = closed.filter(({ isBeforeLogin }) => isBeforeLogin).length;
  const [first, last] = [messages[0]?.time?.text ?? null, messages.at(-1)?.time?.text ?? null];
  const span =
    first === null ? '' : first === last ? `, at ${first}` : `, from ${first} to ${last}`;
  // An error log alone names no server, and no replica
  const name =
    server.id === null && server.channels.length === 0 ? 'the server' : serverName(server);
  return {
    key: path,
    severity: 'low',
    confidence: 'proven',
    title: `${count(messages.length, 'connection')} closed for packets out of order: a client's fault, not replication's`,
    summary: `${name} closed ${count(messages.length, 'connection')} on which bytes came that are no packet${clients.length > 0 ? `, of ${list(clients.slice(0, SHOWN))}` : ''}${beforeLogin > 0 ? `, ${beforeLogin === messages.length ? '' : `${beforeLogin} of them `}before any login` : ''}${span}. Replication has no part in it.`,
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
      beforeLogin,
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
    subject: { path, closed },
  };
};
