import type { Dialect } from '../../dialects/define-dialect.ts';
import { isQuotable } from '../../dialects/quote-string.ts';
import type { Channel, Server } from '../../evidence/evidence.ts';
import { isText } from '../../evidence/record-name.ts';
import type { Step } from '../finding.ts';

/** How a plan names a server: by its id, and by its folder too where others have the same id. */
export const serverName = (server: Server | number | null): string => {
  const id = typeof server === 'object' ? (server?.id ?? null) : server;
  const mark = typeof server === 'object' ? (server?.mark ?? null) : null;
  const name = id === null ? 'the replica' : `server ${id}`;
  return mark === null ? name : `${name} (${mark})`;
};

export const shellOf = (server: Server | number | null): string => `${serverName(server)}, shell`;

/** How a plan names the source of a channel: by its id only where that is one server's. */
export const sourceName = (
  channel: Channel | null,
  replica: Server | number | null,
  { terms }: Dialect,
  servers: readonly Server[],
): string => {
  const id = channel?.sourceIds.at(-1) ?? null;
  const [one, ...others] = servers.filter((server) => server !== replica && server.id === id);
  const isOne = id !== null && others.length === 0 && (one || addressesOf(id, servers).size < 2);
  return isOne ? serverName(one ?? id) : `the ${terms.source} of ${serverName(replica)}`;
};

/** Where the replicas of a scan reach the server of an id: two clusters may use the same ids. */
const addressesOf = (id: number, servers: readonly Server[]): ReadonlySet<string> =>
  new Set(
    servers
      .flatMap(({ channels }) => channels)
      .filter(({ sourceIds }) => sourceIds.at(-1) === id)
      .flatMap(({ masterInfo }) =>
        masterInfo?.value.host ? [`${masterInfo.value.host}:${masterInfo.value.port ?? ''}`] : [],
      ),
  );

const NO_RISK = { expect: null, risk: 'none' } as const;

/**
 * A channel's name for statements: '' where this version knows no names, whatever its relay logs are
 * called; null where no statement can carry it.
 */
export const channelName = ({ abilities }: Dialect, channel: Channel | null): string | null => {
  const name = abilities.namedChannels ? (channel?.name ?? '') : '';
  return isQuotable(name) ? name : null;
};

export const UNWRITABLE_NAME = 'the name of the channel cannot be written in a statement';

/** Looks, changes nothing. */
export const check = (on: string, run: string, expect: string, because: string): Step => ({
  kind: 'check',
  on,
  run,
  expect,
  risk: 'none',
  because,
});

/** Statements of one risk on one server. */
export const changeOn =
  (on: string, risk: Step['risk']) =>
  (run: string, because: string): Step => ({
    kind: 'change',
    on,
    run,
    expect: null,
    risk,
    because,
  });

export const stop = (
  on: string,
  { statements, terms }: Dialect,
  channel: string,
  because: string,
): Step => ({
  ...NO_RISK,
  kind: 'change',
  on,
  run: statements.stopReplica(channel),
  risk: 'reversible',
  because:
    because ||
    `stops both threads of the ${terms.replica}; ${statements.startReplica(channel).replace(/;$/, '')} undoes it`,
});

export const start = (
  on: string,
  { statements }: Dialect,
  channel: string,
  because: string,
): Step => ({
  ...NO_RISK,
  kind: 'change',
  on,
  run: statements.startReplica(channel),
  risk: 'reversible',
  because,
});

/** The source must still list the log that the replica will ask for after its relay logs are gone. */
export const checkSourceLists = (source: string, dialect: Dialect, file: string | null): Step =>
  check(
    source,
    dialect.statements.showBinaryLogs(),
    file === null
      ? `the log that ${dialect.terms.execLogFile} names on the ${dialect.terms.replica} is listed`
      : `${file} is listed; if not, do not go on: the relay logs are the last copy of what was not applied`,
    `the CHANGE deletes the relay logs, and what was not applied is read again from the ${dialect.terms.source}`,
  );

/** A text stands for what no file holds. */
const isFile = (document: Channel['masterInfo'] | Channel['relayLogInfo']): boolean =>
  document !== null && !isText(document);

/** Relay logs and info files may be the last copy of data. */
export const copyAside = (
  on: Server | number | null,
  base: string | null,
  because = 'the CHANGE deletes the relay logs',
): Step => {
  const server = typeof on === 'object' ? on : null;
  const files = [
    `"$DATADIR"/${base === null ? '*relay-bin' : shellWord(base)}.*`,
    ...(server?.channels.some((channel) => [channel.masterInfo, channel.relayLogInfo].some(isFile))
      ? ['"$DATADIR"/*.info']
      : []),
    ...(server?.channels.some(({ workers }) => workers.some((worker) => !isText(worker)))
      ? ['"$DATADIR"/worker-relay-log*.info.*']
      : []),
  ];
  return check(
    shellOf(on),
    `cp -a ${files.join(' ')} "$COPY"/`,
    'the copies are there; DATADIR is what SELECT @@datadir answers, COPY a folder with room',
    because,
  );
};

/** A base name as one word of a shell, whatever bytes it holds. */
export const shellWord = (text: string): string =>
  /^[\w@.+/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
