import { dirname } from 'node:path/posix';
import { baseName, logNameOf, splitLogName } from '../binlog/coordinates.ts';
import type { EventRef, LogFacts } from '../facts/facts.ts';
import type { MetadataDocument } from '../metadata/index.ts';
import { documentsOf } from './channels.ts';
import type { Evidence, LogFile, Server, Stream } from './evidence.ts';
import { buildChains } from './log-chain.ts';
import { logKind } from './log-kind.ts';
import { isReadable, isWhole } from './readable.ts';
import { isText } from './record-name.ts';
import { replicaStatuses } from './replica-statuses.ts';
import { serverMarks } from './server-marks.ts';
import { buildServers } from './servers.ts';
import { sourceOf } from './source-of.ts';
import { hasWitness } from './thread-reports.ts';

export interface EvidenceOptions {
  /** Unix seconds. */
  readonly now: number;
  readonly staleAfter: number;
  /** For servers whose own files do not tell it. */
  readonly serverId: number | null;
  /** Logs of which there are no facts: interrupted, or failed to read. */
  readonly withoutFacts: number;
  /** Paths of files that lie beside those of the scan and were not read. */
  readonly unread: readonly string[];
}

const folderOf = (path: string): string => dirname(path.replaceAll('\\', '/'));

/** Joins the facts of one scan: folders to servers, series to chains, relay logs to channels. Pure. */
export const buildEvidence = (
  logs: readonly LogFacts[],
  documents: readonly MetadataDocument[],
  options: EvidenceOptions,
): Evidence => {
  const folders = new Map<string, { logs: LogFacts[]; documents: MetadataDocument[] }>();
  const at = (path: string) => {
    const folder = folderOf(path);
    const found = folders.get(folder) ?? { logs: [], documents: [] };
    folders.set(folder, found);
    return found;
  };
  for (const log of dropCopies(logs)) at(log.path).logs.push(log);
  for (const document of documents) at(document.path).documents.push(document);

  const placedServers: Server[] = [];
  const files: LogFile[] = [];
  for (const [path, folder] of [...folders].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const placed = bySeries(folder.logs.map((facts) => place(facts, folder.documents)));
    files.push(...placed);
    placedServers.push(
      ...buildServers(
        {
          path,
          chains: buildChains(placed),
          documents: folder.documents,
          unread: options.unread
            .filter((unread) => folderOf(unread) === path)
            .map((unread) => baseName(unread)),
        },
        options.serverId,
      ),
    );
  }
  const marks = serverMarks(placedServers);
  const servers = placedServers.map((server, at) => ({ ...server, mark: marks[at] ?? null }));
  const streams = servers.flatMap(streamsOf);
  const relays = streams.flatMap(({ server, channel, chain }) =>
    channel ? [{ server, channel, relay: chain }] : [],
  );
  return {
    servers,
    files,
    unread:
      options.withoutFacts +
      files.filter(({ facts }) => !isReadable(facts) || !isWhole(facts)).length,
    logs: files.filter((file) => isReadable(file.facts)),
    streams,
    relays,
    relayInfos: relays.flatMap(({ channel }) => (channel.relayLogInfo ? [channel] : [])),
    relayIndexes: relays.flatMap(({ channel }) => (channel.index ? [channel] : [])),
    masterInfos: relays.flatMap(({ channel }) =>
      // A status of a running replica names its source, and no position that holds
      channel.masterInfo &&
      (!isText(channel.masterInfo) || channel.masterInfo.value.readPosition !== null)
        ? [channel]
        : [],
    ),
    statuses: servers.flatMap((server) =>
      server.channels.flatMap((channel) =>
        replicaStatuses(server, channel).length > 0 ? [{ server, channel }] : [],
      ),
    ),
    replicaBinlogs: relays.flatMap(({ server }) => server.binlogs),
    sourceBinlogs: relays.flatMap(
      ({ server, channel }) => sourceOf(channel, server, servers)?.binlogs ?? [],
    ),
    threadWitnesses: servers.filter(hasWitness),
    errorLogs: servers.filter(({ observed }) => observed.errorLogs.length > 0),
    applyTraces: [],
    now: options.now,
    staleAfter: options.staleAfter,
  };
};

/** Does a status file beside the log call it a relay log, or an index not of relay logs a binary log? */
const place = (facts: LogFacts, documents: readonly MetadataDocument[]): LogFile => {
  const name = logNameOf(facts.path);
  const base = splitLogName(name)?.base;
  const relayInfos = documentsOf(documents, 'relay-log-info');
  const relayNamed = relayInfos.some(
    (info) => base !== undefined && splitLogName(baseName(info.value.relayLogFile))?.base === base,
  );
  return {
    facts,
    path: facts.path,
    name,
    folder: folderOf(facts.path),
    kind: logKind(facts, relayNamed ? 'relay-log' : null),
  };
};

/**
 * A series is of one kind: what one of its files shows holds for those that show nothing of their
 * own (encrypted ones, and before MySQL 5.6 a relay log that holds no event of the source).
 */
const bySeries = (files: readonly LogFile[]): LogFile[] => {
  const relays = new Set(
    files.flatMap(({ kind, name }) =>
      kind === 'relay-log' ? (splitLogName(name)?.base ?? []) : [],
    ),
  );
  return files.map((file) => {
    const base = splitLogName(file.name)?.base;
    const isRelay = base !== undefined && relays.has(base) && !file.facts.transactions.count;
    return isRelay ? { ...file, kind: 'relay-log' } : file;
  });
};

const streamsOf = (server: Server): Stream[] => {
  const readable = (chain: Stream['chain']): Stream['chain'] => ({
    ...chain,
    files: chain.files.filter((file) => isReadable(file.facts)),
  });
  return [
    ...server.binlogs.map((chain) => ({ server, chain: readable(chain), channel: null })),
    ...server.channels.flatMap((channel) =>
      channel.relay ? [{ server, chain: readable(channel.relay), channel }] : [],
    ),
  ].filter(({ chain }) => chain.files.length > 0);
};

/**
 * The same log given twice under two names (a backup beside the original) is one input: same first
 * format description, and one log's first and last events are the other's. The longer one stays.
 */
const dropCopies = (logs: readonly LogFacts[]): LogFacts[] => {
  const kept: LogFacts[] = [];
  for (const log of [...logs].sort(
    (a, b) => b.wholeUntil - a.wholeUntil || (a.path < b.path ? -1 : 1),
  )) {
    if (!kept.some((other) => isCopy(log, other))) kept.push(log);
  }
  return kept.sort((a, b) => (a.path < b.path ? -1 : 1));
};

const beginsLike = (short: readonly EventRef[], long: readonly EventRef[]): boolean =>
  short.every(
    ({ offset, serverId, timestamp }, i) =>
      long[i]?.offset === offset &&
      long[i].serverId === serverId &&
      long[i].timestamp === timestamp,
  );

const isCopy = (short: LogFacts, long: LogFacts): boolean => {
  const [a] = short.formats;
  const [b] = long.formats;
  if (folderOf(short.path) !== folderOf(long.path)) return false;
  // Two files of one series are never copies: after a reconnect both may begin with the same events.
  // One file may lie there plain and compressed.
  const name = logNameOf(short.path);
  const other = logNameOf(long.path);
  const base = splitLogName(name)?.base;
  if (name !== other && base !== undefined && base === splitLogName(other)?.base) return false;
  if (!a || !b) return false;
  if (name !== other && (!short.firstData || !long.firstData)) return false;
  return (
    a.created === b.created &&
    a.serverVersion === b.serverVersion &&
    // Relay logs of two channels are alike, but for their sources' ids
    beginsLike(short.formats, long.formats) &&
    beginsLike(short.rotates, long.rotates) &&
    short.firstData?.offset === long.firstData?.offset &&
    short.firstData?.timestamp === long.firstData?.timestamp &&
    short.firstData?.endLogPos === long.firstData?.endLogPos &&
    short.transactions.count <= long.transactions.count
  );
};
