import { baseName, type LogCoordinates } from '../binlog/coordinates.ts';
import type { ProbeFact } from '../facts/facts.ts';
import type { Channel, LogFile, Server } from './evidence.ts';
import { sourceLogAtHead } from './log-chain.ts';

/** Positions in headers are 32 bits wide and wrap at 4 GiB. */
const WRAP = 2 ** 32;

/** What relay-log.info says of the applier, held against the relay log that it names. */
export type ExecutedPosition =
  | {
      /** The pair names one place: event boundary, and the events before it end at the source position. */
      readonly state: 'exact';
      readonly relay: { readonly file: LogFile; readonly offset: number };
      readonly source: LogCoordinates;
      /** Transactions behind it that the replica's own binary log holds all the same. */
      readonly appliedBeyond: number;
    }
  | {
      /** The relay log cannot confirm or deny it. */
      readonly state: 'unconfirmed';
      readonly relay: { readonly file: LogFile; readonly offset: number } | null;
      readonly source: LogCoordinates;
      readonly why: string;
    }
  | { readonly state: 'contradicted'; readonly source: LogCoordinates; readonly why: string }
  /** GTIDs decide, not coordinates. */
  | { readonly state: 'gtid'; readonly why: string }
  | { readonly state: 'unknown'; readonly why: string };

/**
 * Judges a channel's recorded executed position. On MariaDB with GTIDs and
 * on MySQL with auto-position the files are not kept exact, and coordinates must not be used.
 */
export const executedPosition = (server: Server, channel: Channel): ExecutedPosition => {
  const info = channel.relayLogInfo?.value;
  const master = channel.masterInfo?.value;
  if (master?.usingGtid && master.usingGtid !== 'no') {
    return { state: 'gtid', why: `this connection uses MariaDB GTIDs (${master.usingGtid})` };
  }
  if (master?.autoPosition === true)
    return { state: 'gtid', why: 'this channel uses auto-position' };
  if (!info) return { state: 'unknown', why: 'relay-log.info was not given' };
  const { relayLogFile, relayLogPos, sourceLogFile, sourceLogPos } = info;
  if (relayLogPos === null || sourceLogPos === null || sourceLogFile === '') {
    return { state: 'unknown', why: 'relay-log.info names no executed position' };
  }
  const source = { file: sourceLogFile, position: sourceLogPos };
  const file = channel.relay?.files.find((log) => log.name === baseName(relayLogFile));
  const unconfirmed = (why: string): ExecutedPosition => ({
    state: 'unconfirmed',
    relay: file ? { file, offset: relayLogPos } : null,
    source,
    why,
  });
  if (!file)
    return unconfirmed(`${baseName(relayLogFile)}, which relay-log.info names, was not given`);
  if (relayLogPos > file.facts.bytes) {
    return unconfirmed(
      `${file.name} ends before offset ${relayLogPos}: it was copied earlier than relay-log.info`,
    );
  }
  const probe = file.facts.probes.find((fact) => fact.offset === relayLogPos);
  if (!probe) return unconfirmed(`${file.name} could not be read at ${relayLogPos}`);
  if (!probe.boundary) {
    return {
      state: 'contradicted',
      source,
      why: `offset ${relayLogPos} of ${file.name} is inside an event`,
    };
  }
  if (!agrees(probe, channel, file, source)) {
    return {
      state: 'contradicted',
      source,
      why: `the events before offset ${relayLogPos} of ${file.name} end elsewhere in the source's log`,
    };
  }
  return {
    state: 'exact',
    relay: { file, offset: relayLogPos },
    source,
    appliedBeyond: appliedBeyond(server, channel, file, relayLogPos),
  };
};

/**
 * Equal coordinates; or the recorded source position lies ahead with nothing between, which is what
 * events dropped by the receiver leave (own server id, ignored ids).
 */
const agrees = (
  probe: ProbeFact,
  channel: Channel,
  file: LogFile,
  source: LogCoordinates,
): boolean => {
  if (!probe.source) return true;
  const log = probe.source.log ?? (channel.relay ? sourceLogAtHead(channel.relay, file) : null);
  if (log !== null && log !== source.file) return false;
  if (probe.source.position === source.position % WRAP) return true;
  return probe.after === null && source.position > probe.source.position;
};

/** Transactions of the relay log behind `offset` that stand in the replica's own binary log. */
const appliedBeyond = (server: Server, channel: Channel, file: LogFile, offset: number): number => {
  const own = new Set<string>();
  for (const chain of server.binlogs) {
    for (const log of chain.files)
      for (const { key } of log.facts.transactions.sketch) own.add(key);
  }
  if (own.size === 0 || !channel.relay) return 0;
  const from = channel.relay.files.indexOf(file);
  let count = 0;
  for (const [i, log] of channel.relay.files.entries()) {
    if (i < from) continue;
    for (const { key, copy } of log.facts.transactions.sketch) {
      if ((i > from || copy.offset >= offset) && own.has(key)) count += 1;
    }
  }
  return count;
};

/** Does the applier stand behind this place of its relay chain? Null when nothing tells. */
export const isApplied = (
  position: ExecutedPosition,
  channel: Channel,
  file: LogFile,
  offset: number,
): boolean | null => {
  if (position.state !== 'exact' && position.state !== 'unconfirmed') return null;
  if (!position.relay || !channel.relay) return null;
  const at = channel.relay.files.findIndex((log) => log.path === file.path);
  const executed = channel.relay.files.findIndex((log) => log.path === position.relay?.file.path);
  if (at < 0 || executed < 0) return null;
  return at < executed || (at === executed && offset < position.relay.offset);
};
