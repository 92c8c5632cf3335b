import { splitLogName } from '../binlog/coordinates.ts';
import { detectDialect } from '../dialects/index.ts';
import { parseServerVersion } from '../dialects/server-version.ts';
import type { FormatDescriptionFact } from '../facts/facts.ts';
import type { MetadataDocument } from '../metadata/index.ts';
import { buildChannels, documentsOf } from './channels.ts';
import { dialectByTexts } from './dialect-by-texts.ts';
import type { LogChain, Server } from './evidence.ts';
import { observationsOf, settingOf, versionSaid } from './observations.ts';
import { standIns } from './stand-ins.ts';

/** What one folder holds. */
export interface Folder {
  readonly path: string;
  readonly chains: readonly LogChain[];
  readonly documents: readonly MetadataDocument[];
  /** Names of files in it that were not read. */
  readonly unread: readonly string[];
}

/**
 * The servers whose files lie in one folder: one, unless the bytes say otherwise. Binary logs
 * written by the server that the relay logs beside them were received from are that server's.
 */
export const buildServers = (folder: Folder, serverId: number | null): Server[] => {
  const groups: LogChain[][] = [];
  for (const chain of folder.chains) {
    const group = groups.find((chains) => chains.some((other) => related(chain, other)));
    if (group) group.push(chain);
    else groups.push([chain]);
  }
  const merged = mergeRenumbered(groups);
  // Status files are a replica's: they go with the relay logs, or with the only server there is.
  const owner =
    merged.find((chains) => chains.some((chain) => chain.kind === 'relay-log')) ?? merged[0] ?? [];
  const isServers = folder.documents.some(tellsOfServer);
  if (merged.length === 0 && isServers) merged.push(owner);
  return merged.map((chains) =>
    buildServer(
      folder,
      chains,
      chains === owner ? folder.documents : indexesOf(folder.documents, chains),
      serverId,
    ),
  );
};

/** Settings alone make no server of a folder: `/etc`. An error log is one server's, whatever it tells. */
const tellsOfServer = ({ kind }: MetadataDocument): boolean => kind !== 'settings';

const related = (a: LogChain, b: LogChain): boolean =>
  a.ownIds.length === 0 || b.ownIds.length === 0 || a.ownIds.some((id) => b.ownIds.includes(id));

/** A folder's groups are one server that was renumbered, unless one is another's source. */
const mergeRenumbered = (groups: LogChain[][]): LogChain[][] => {
  const merged: LogChain[][] = [];
  for (const group of groups) {
    const target = merged.find(
      (other) =>
        !isSourceOf(group, other) && !isSourceOf(other, group) && !haveTwoBinlogs(group, other),
    );
    if (target) target.push(...group);
    else merged.push(group);
  }
  return merged;
};

/** A server has one series of binary logs, whatever its id. */
const haveTwoBinlogs = (a: readonly LogChain[], b: readonly LogChain[]): boolean =>
  [a, b].every((chains) => chains.some((chain) => chain.kind === 'binary-log'));

const isSourceOf = (source: readonly LogChain[], replica: readonly LogChain[]): boolean => {
  const ids = source.flatMap((chain) => chain.ownIds);
  return replica.some(
    (chain) =>
      chain.kind === 'relay-log' &&
      chain.files.some(({ facts }) =>
        facts.formats.slice(1).some((format) => ids.includes(format.serverId)),
      ),
  );
};

const indexesOf = (
  documents: readonly MetadataDocument[],
  chains: readonly LogChain[],
): MetadataDocument[] =>
  documentsOf(documents, 'log-index').filter((index) =>
    index.value.entries.some((entry) =>
      chains.some((chain) => chain.base === splitLogName(entry.name)?.base),
    ),
  );

const STATUS_FILES: ReadonlySet<string> = new Set(['master-info', 'relay-log-info', 'worker-info']);

const statusFiles = (documents: readonly MetadataDocument[]): string[] =>
  documents.filter(({ kind }) => STATUS_FILES.has(kind)).map(({ path }) => path);

const buildServer = (
  folder: Folder,
  chains: readonly LogChain[],
  documents: readonly MetadataDocument[],
  serverId: number | null,
): Server => {
  const files = chains.flatMap((chain) => chain.files);
  const own = files.flatMap(({ facts }) => (facts.formats[0] ? [facts.formats[0]] : []));
  const newest = own.reduce<FormatDescriptionFact | null>(
    (best, format) => (best === null || format.timestamp >= best.timestamp ? format : best),
    null,
  );
  const observed = observationsOf(documents);
  const said = newest?.serverVersion ?? versionSaid(observed);
  const version = said === null ? null : parseServerVersion(said);
  const dialect = said === null ? dialectByTexts(observed) : detectDialect(said);
  const ids = [
    ...new Set([...own].sort((a, b) => b.timestamp - a.timestamp).map((format) => format.serverId)),
  ];
  const id = newest?.serverId ?? settingOf(observed, 'server_id')?.setting.value ?? serverId;
  const auto = documentsOf(documents, 'auto-cnf')[0];
  // A log that does not tell its kind (nothing but a format description, or not even that) is no relay log
  const binlogs = chains.filter((chain) => chain.kind !== 'relay-log');
  // From MySQL 8.3 on no server reads or writes them: what lies there is of a version before
  const leftOver = dialect?.abilities.statusFiles === false ? statusFiles(documents) : [];
  return {
    id,
    ids: newest
      ? [newest.serverId, ...ids.filter((other) => other !== newest.serverId)]
      : id === null
        ? []
        : [id],
    mark: null,
    uuid:
      auto?.value.serverUuid ??
      files.find((file) => file.facts.encryption?.uuid)?.facts.encryption?.uuid ??
      null,
    uuidAt:
      auto?.value.offsets.serverUuid === undefined
        ? null
        : { path: auto.path, offset: auto.value.offsets.serverUuid },
    version,
    dialect,
    folder: folder.path,
    binlogs,
    binlogIndex:
      documentsOf(documents, 'log-index').find((index) =>
        index.value.entries.some((entry) =>
          binlogs.some((chain) => chain.base === splitLogName(entry.name)?.base),
        ),
      ) ?? null,
    channels: buildChannels(
      chains.filter((chain) => chain.kind === 'relay-log'),
      documents.filter((document) => !leftOver.includes(document.path)),
      dialect?.abilities.namedChannels !== false,
      folder.unread,
      standIns(observed),
    ),
    connectionList: documentsOf(documents, 'multi-master-info')[0] ?? null,
    leftOver,
    unread: folder.unread,
    observed,
    gtids: gtidsOf(chains),
    inputs: [
      ...files.map((file) => file.path),
      ...documents.map((document) => document.path),
    ].sort(),
  };
};

/** Newest transactions with or without GTIDs: the server's own log first, then what it receives. */
const gtidsOf = (chains: readonly LogChain[]): Server['gtids'] => {
  const ordered = [...chains].sort(
    (a, b) => (a.kind === 'binary-log' ? 0 : 1) - (b.kind === 'binary-log' ? 0 : 1),
  );
  for (const chain of ordered) {
    for (const file of [...chain.files].reverse()) {
      const { newest } = file.facts.transactions;
      if (newest === 'mysql-gtid') return 'on';
      if (newest !== null) return 'off';
    }
  }
  return 'unknown';
};
