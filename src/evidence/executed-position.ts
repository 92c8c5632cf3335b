import { baseName, compareLogNames, type LogCoordinates } from '../binlog/coordinates.ts';
import type { CopyFact, EventRef, ProbeFact } from '../facts/facts.ts';
import type { Channel, LogFile, Server } from './evidence.ts';
import { sourceEndAtHead, sourceLogAtHead } from './log-chain.ts';
import { relayInfoName } from './record-name.ts';

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
  | {
      readonly state: 'contradicted';
      readonly source: LogCoordinates;
      readonly why: string;
      /** Where the relay position really lies; null where it is no place that an applier can have. */
      readonly elsewhere: {
        readonly file: LogFile;
        readonly offset: number;
        readonly source: { readonly log: string | null; readonly position: number };
      } | null;
    }
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
    return { state: 'unknown', why: `${relayInfoName(channel)} names no executed position` };
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
    return unconfirmed(
      `${baseName(relayLogFile)}, which ${relayInfoName(channel)} names, was not given`,
    );
  if (relayLogPos > file.facts.wholeUntil) {
    return unconfirmed(
      `${file.name} ends whole before offset ${relayLogPos}: it was copied earlier than ${relayInfoName(channel)}, or its tail is lost`,
    );
  }
  const probe = file.facts.probes.find((fact) => fact.offset === relayLogPos);
  if (!probe) return unconfirmed(`${file.name} could not be read at ${relayLogPos}`);
  if (!probe.boundary) {
    return {
      state: 'contradicted',
      source,
      why: `offset ${relayLogPos} of ${file.name} is inside an event`,
      elsewhere: null,
    };
  }
  if (isInside(probe, file)) {
    return {
      state: 'contradicted',
      source,
      why: `offset ${relayLogPos} of ${file.name} is inside a transaction`,
      elsewhere: null,
    };
  }
  const before = sourceBefore(probe, channel, file);
  if (before === null) {
    return unconfirmed(`nothing tells where the source stood at ${relayLogPos} of ${file.name}`);
  }
  if (!agrees(before, probe, file, source) && !isCatchingUp(probe, channel, file, source)) {
    return {
      state: 'contradicted',
      source,
      why: `the events before offset ${relayLogPos} of ${file.name} end elsewhere in the source’s log`,
      elsewhere: { file, offset: relayLogPos, source: before },
    };
  }
  return {
    state: 'exact',
    relay: { file, offset: relayLogPos },
    source,
    appliedBeyond: appliedBeyond(server, channel, { file, offset: relayLogPos }, source),
  };
};

type SourcePlace = NonNullable<ProbeFact['source']>;

/** The applier's position is never inside a transaction, be it one that goes on from the file before. */
const isInside = ({ offset, transaction }: ProbeFact, { facts }: LogFile): boolean => {
  const { headContinuation } = facts.transactions;
  return transaction !== null || (headContinuation !== null && offset < headContinuation.endOffset);
};

/** Where the source stood there: by the events before, or else by what is asked for next. */
const sourceBefore = (probe: ProbeFact, channel: Channel, file: LogFile): SourcePlace | null => {
  const { relay } = channel;
  if (!relay) return null;
  if (probe.source)
    return { ...probe.source, log: probe.source.log ?? sourceLogAtHead(relay, file) };
  for (const { path, facts } of relay.files.slice(relay.files.indexOf(file))) {
    const asked = channel.connections.find((connection) => connection.path === path)?.asked;
    if (asked) return { log: asked.file, position: asked.position };
    if (facts.firstData) break;
  }
  return sourceEndAtHead(relay, file);
};

/**
 * Equal coordinates; or the recorded source position lies ahead with nothing between, which is what
 * events dropped by the receiver leave (own server id, ignored ids).
 */
const agrees = (
  before: SourcePlace,
  { after }: ProbeFact,
  { facts }: LogFile,
  source: LogCoordinates,
): boolean => {
  if (before.log !== null && before.log !== source.file) return false;
  const position = source.position % WRAP;
  if (before.position === position) return true;
  if (position < before.position) return false;
  if (after === null || isOwnEnd(after, facts.formats[0]?.serverId)) return true;
  // The receiver's mark of what it dropped; its log_pos is 0, or on MySQL 5.7 its offset here
  if (after.typeCode === ROTATE && after.serverId === 0) return true;
  if (after.endLogPos > 0) return startOf(after) >= position;
  // MariaDB 11.4+ leaves log_pos out inside transactions: only a later end at that place tells
  return !facts.positions.some((one) => one.position === position && one.offset > after.offset);
};

/**
 * At the head of a relay log the applier still stands where the source's events before it end, until
 * it reads the Rotate that names the place asked for: dropped events lie between.
 */
const isCatchingUp = (
  probe: ProbeFact,
  { relay }: Channel,
  file: LogFile,
  source: LogCoordinates,
): boolean => {
  const end = relay && probe.source === null ? sourceEndAtHead(relay, file) : null;
  return (
    end !== null &&
    end.position === source.position % WRAP &&
    (end.log === null || end.log === source.file)
  );
};

const ROTATE = 4;
const STOP = 3;

/** The receiver's own last event of a file. */
const isOwnEnd = ({ typeCode, serverId }: EventRef, own: number | undefined): boolean =>
  (typeCode === ROTATE || typeCode === STOP) && serverId === own;

/** Where an event of the source begins there. */
const startOf = ({ endLogPos, size }: EventRef): number => endLogPos - size;

/** Transactions of the relay log behind the executed position that stand in the replica's own binary log. */
const appliedBeyond = (
  server: Server,
  channel: Channel,
  { file, offset }: { readonly file: LogFile; readonly offset: number },
  source: LogCoordinates,
): number => {
  const own = new Set<string>();
  for (const chain of server.binlogs) {
    for (const log of chain.files)
      for (const { key } of log.facts.transactions.sketch) own.add(key);
  }
  if (own.size === 0 || !channel.relay) return 0;
  const from = channel.relay.files.indexOf(file);
  // A copy that was applied explains the one in the own log: of a loop, or of equal statements
  const applied = new Set<string>();
  const beyond = new Set<string>();
  for (const [i, log] of channel.relay.files.entries()) {
    for (const { key, copy } of log.facts.transactions.sketch) {
      if (i > from || (i === from && copy.offset >= offset)) beyond.add(key);
      else if (!isAhead(copy, sourceLogAtHead(channel.relay, log), source)) applied.add(key);
    }
  }
  return [...beyond].filter((key) => own.has(key) && !applied.has(key)).length;
};

/** Does a transaction lie behind `source` in the source's log, though it stands before it here: fetched again? */
const isAhead = (copy: CopyFact, head: string | null, source: LogCoordinates): boolean => {
  const log = copy.log ?? head;
  const order = log === null ? 0 : compareLogNames(log, source.file);
  return order > 0 || (order === 0 && copy.position > source.position % WRAP);
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
