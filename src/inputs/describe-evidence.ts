import { EventCursor, HEADER_LENGTH } from '../binlog/event-cursor.ts';
import { EVENT, eventTypeName, isRows } from '../binlog/event-type.ts';
import { decodeBody } from '../binlog/events/index.ts';
import { formatMariadbGtid } from '../binlog/mariadb-gtid.ts';
import {
  type PayloadPlace,
  payloadEvents,
  type TransactionPayload,
} from '../binlog/payload-events.ts';
import { classifyQuery, maskSecrets } from '../binlog/query-text.ts';
import { FileWindow } from '../bytes/file-window.ts';
import { MalformedError } from '../bytes/malformed-error.ts';
import { isoTime } from '../evidence/iso-time.ts';
import { isLocked } from '../evidence/readable.ts';
import type { LogFacts } from '../facts/facts.ts';
import type { Locus } from '../rules/define-rule.ts';
import type { EvidenceEntry } from '../rules/finding.ts';
import { KeyRing } from './key-ring.ts';
import type { SeekableInput, SeekableInputs } from './seekable-inputs.ts';
import { isReadError } from './sort-inputs.ts';

/** Characters of a statement that a report shows. */
const EXCERPT = 300;
/** Events of a transaction that are looked at for its statement. */
const EVENTS_READ = 50;
/** Bytes of a compressed transaction that are read for the same. */
const PAYLOAD_READ = 16 << 20;

export type Describe = (locus: Locus) => EvidenceEntry;

/**
 * Looks up what stands at a finding's places: event type, server, time, statement (secrets masked).
 * With `redact` a statement stays away, whatever it says.
 * Where a log is not there any more, the place is named without its text.
 */
export const describeEvidence = (
  logs: readonly LogFacts[],
  inputs: SeekableInputs,
  keyRing = new KeyRing(),
  redact = false,
): Describe => {
  const facts = new Map(logs.map((log) => [log.path, log]));
  return (locus) => {
    const log = facts.get(locus.path);
    const blank: EvidenceEntry = { ...locus, eventType: null, serverId: null, timestamp: null };
    if (!log || isLocked(log) || locus.offset < 4 || locus.offset + HEADER_LENGTH > log.bytes)
      return blank;
    const input = openIfThere(locus.path, inputs);
    if (input === null) return blank;
    try {
      return lookUp(
        new FileWindow(keyRing.unlock(input.source, locus.path).source, 1 << 16),
        log,
        locus,
        blank,
        redact,
      );
    } finally {
      input.release();
    }
  };
};

/** Logs may be purged while a live server's directory is scanned. */
const openIfThere = (path: string, inputs: SeekableInputs): SeekableInput | null => {
  try {
    return inputs.openNow(path);
  } catch (error) {
    if (isReadError(error)) return null;
    throw error;
  }
};

const lookUp = (
  window: FileWindow,
  log: LogFacts,
  locus: Locus,
  blank: EvidenceEntry,
  redact: boolean,
): EvidenceEntry => {
  const cursor = new EventCursor(window, locus.offset);
  const step = cursor.next();
  if (step === 'end' || cursor.at < 0) return blank;
  const entry = {
    ...blank,
    eventType: eventTypeName(cursor.typeCode),
    serverId: cursor.serverId,
    timestamp: isoTime(cursor.timestamp),
  };
  if (step !== 'event' || log.integrity.some((fact) => fact.offset === locus.offset)) return entry;
  const checksum =
    log.formats.findLast((format) => format.offset <= locus.offset)?.checksum ?? log.checksum;
  const said = readText(cursor, locus, checksum === 'crc32' ? 4 : 0, redact);
  return { ...entry, text: locus.text ?? said.text, gtid: locus.gtid ?? said.gtid };
};

/** The first statement from `locus` on, within its length: a transaction's own, not its BEGIN. */
const readText = (
  cursor: EventCursor,
  locus: Locus,
  trailer: number,
  redact: boolean,
): { text: string | null; gtid: string | null } => {
  const end = locus.offset + (locus.length ?? cursor.size);
  let gtid: string | null = null;
  let text: string | null = null;
  const tables: string[] = [];
  for (let n = 0; n < EVENTS_READ; n += 1) {
    const body = readBody(cursor, locus.path, trailer);
    if (body?.type === 'mariadb-gtid') gtid ??= formatMariadbGtid(body);
    else if (body?.type === 'gtid' && !body.anonymous) gtid ??= `${body.uuid}:${body.gno}`;
    else if (body?.type === 'table-map') tables.push(`${body.database}.${body.table}`);
    else if (body?.type === 'rotate') text ??= `Rotate to ${body.nextLogName}:${body.position}`;
    else if (body?.type === 'format-description') text ??= `server ${body.serverVersion}`;
    else if (body?.type === 'query') {
      const sql = body.sql.toString('utf8', 0, 64 * 1024);
      if (classifyQuery(sql) === 'other' || locus.length === null)
        text ??= redact ? '[statement]' : excerpt(sql);
    } else if (body?.type === 'transaction-payload')
      text ??= payloadText(body, { file: locus.path, offset: cursor.offset }, redact);
    else if (isRows(cursor.typeCode))
      text ??= `${eventTypeName(cursor.typeCode)}: ${tables.at(-1) ?? 'table map not in reach'}`;
    if (text !== null || cursor.following >= end || cursor.next() !== 'event') break;
  }
  return { text, gtid };
};

/** The same of a compressed transaction, as far as its bytes can be read. */
const payloadText = (
  payload: TransactionPayload,
  place: PayloadPlace,
  redact: boolean,
): string | null => {
  let table = 'table map not in reach';
  try {
    for (const event of payloadEvents(payload, place)) {
      const { typeCode } = event;
      const body = event.decode();
      if (body?.type === 'table-map') table = `${body.database}.${body.table}`;
      else if (isRows(typeCode)) return `${eventTypeName(typeCode)}: ${table}`;
      else if (body?.type === 'query') {
        const sql = body.sql.toString('utf8', 0, 64 * 1024);
        if (classifyQuery(sql) === 'other') return redact ? '[statement]' : excerpt(sql);
      }
    }
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
  }
  return null;
};

const excerpt = (sql: string): string => {
  const { text } = maskSecrets(sql);
  const flat = text.replace(/\s+/g, ' ').trim();
  return flat.length > EXCERPT ? `${flat.slice(0, EXCERPT)}…` : flat;
};

const readBody = (cursor: EventCursor, path: string, trailer: number) => {
  const code = cursor.typeCode;
  try {
    return decodeBody(
      code,
      cursor.copyBody(
        HEADER_LENGTH,
        code === 15 ? 0 : trailer,
        code === EVENT.TRANSACTION_PAYLOAD ? PAYLOAD_READ : 1 << 16,
      ),
      { typeCode: code, postHeaderLength: 0, flavor: null, serverId: cursor.serverId },
      { file: path, base: cursor.offset + HEADER_LENGTH },
    );
  } catch (error) {
    if (error instanceof MalformedError) return null;
    throw error;
  }
};
