import { baseName, splitLogName } from '../binlog/coordinates.ts';
import {
  channelOfInfoFile,
  decodeChannelName,
  encodeChannelName,
} from '../metadata/channel-file-name.ts';
import type { MetadataDocument } from '../metadata/index.ts';
import type { MetadataKind } from '../metadata/sniff.ts';
import { findConnections } from './connections.ts';
import type { Channel, Connection, LogChain } from './evidence.ts';
import type { StandIns } from './stand-ins.ts';

export const documentsOf = <K extends MetadataKind>(
  documents: readonly MetadataDocument[],
  kind: K,
): MetadataDocument<K>[] =>
  documents.filter((document) => document.kind === kind) as unknown as MetadataDocument<K>[];

/**
 * The channels of one server: what its relay chains and info files say together. `named`: does its
 * version know channels by name? If not, whatever a file is called says nothing. `unread`: names of
 * files in the folder that were not read.
 */
export const buildChannels = (
  relays: readonly LogChain[],
  documents: readonly MetadataDocument[],
  named: boolean,
  unread: readonly string[],
  texts: readonly StandIns[] = [],
): Channel[] => {
  const masterInfos = documentsOf(documents, 'master-info');
  const relayInfos = documentsOf(documents, 'relay-log-info');
  const workers = documentsOf(documents, 'worker-info');
  const indexes = documentsOf(documents, 'log-index');
  const typed = documentsOf(documents, 'multi-master-info').flatMap((d) =>
    d.value.connections.map((c) => c.name),
  );
  const encoded = new Set<string>();
  for (const document of [...masterInfos, ...relayInfos]) {
    encoded.add(channelOfInfoFile(baseName(document.path)) ?? '');
  }
  const chainOf = new Map<string, LogChain>();
  const infoOf = (relay: LogChain) =>
    relayInfos.find((info) => splitLogName(baseName(info.value.relayLogFile))?.base === relay.base);
  const suffixOf = (relay: LogChain): string => {
    const info = infoOf(relay);
    if (info) return channelOfInfoFile(baseName(info.path)) ?? '';
    if (!named) return '';
    const known = [...encoded].filter((name) => name !== '' && relay.base.endsWith(`-${name}`));
    const [longest] = known.sort((a, b) => b.length - a.length);
    return longest ?? /relay-bin-(.+)$/.exec(relay.base)?.[1] ?? '';
  };
  // First those that relay-log.info names: another may be left over from a change of the host name
  for (const relay of [...relays.filter(infoOf), ...relays.filter((one) => !infoOf(one))]) {
    const suffix = suffixOf(relay);
    const key = chainOf.has(suffix) ? relay.base : suffix;
    chainOf.set(key, relay);
    encoded.add(key);
  }
  const keyOf = (channel: string): string => (named ? (encodeChannelName(channel) ?? channel) : '');
  for (const { channel } of texts) encoded.add(keyOf(channel));
  return [...encoded].sort().map((name) => {
    const text = texts.find(({ channel }) => keyOf(channel) === name);
    const relay = chainOf.get(name) ?? null;
    const masterInfo =
      masterInfos.find((d) => (channelOfInfoFile(baseName(d.path)) ?? '') === name) ??
      text?.masterInfo ??
      null;
    const relayLogInfo =
      relayInfos.find((d) => (channelOfInfoFile(baseName(d.path)) ?? '') === name) ??
      text?.relayLogInfo ??
      null;
    const connections = relay ? findConnections(relay) : [];
    const itsWorkers = workers.filter(
      (worker) => (channelOfInfoFile(baseName(worker.path)) ?? '') === name,
    );
    return {
      name: typedName(
        name,
        typed,
        masterInfo?.value.channelName ?? relayLogInfo?.value.channelName ?? null,
      ),
      relay,
      masterInfo,
      relayLogInfo,
      index:
        indexes.find((index) =>
          index.value.entries.some((e) => relay?.files.some((f) => f.name === e.name)),
        ) ?? null,
      workers: itsWorkers.length > 0 ? itsWorkers : (text?.workers ?? []),
      unread,
      connections,
      sourceIds: sourceIds(connections, text?.sourceId ?? null),
    };
  });
};

/**
 * As the Rotates say; where none is left, as the copied format descriptions do. A start by GTID on
 * MariaDB deletes the relay logs, and a source that refuses to send leaves them empty: then as the
 * status says, which has it from the source's first answers.
 */
const sourceIds = (connections: readonly Connection[], said: number | null): number[] => {
  const rotated = connections.flatMap((c) => c.sourceId ?? []);
  const copied = connections.flatMap((c) => c.format?.serverId ?? []);
  if (rotated.length === 0 && copied.length === 0) return said === null ? [] : [said];
  // Newest last: an id that came back counts where it came last
  return [...new Set((rotated.length > 0 ? rotated : copied).reverse())].reverse();
};

const typedName = (encoded: string, typed: readonly string[], stored: string | null): string =>
  stored ||
  (typed.find((name) => encodeChannelName(name) === encoded) ?? decodeChannelName(encoded));
