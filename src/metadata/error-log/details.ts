import { classicErrorNumber } from './error-number.ts';
import {
  type FieldName,
  fieldNames,
  MESSAGE_FIELDS,
  type MessageDetails,
} from './message-fields.ts';
import { sourceRefusal } from './source-refusals.ts';

type Found = Partial<Record<FieldName, number | string>>;

/** Names of logs print as this where there is none yet: `RPL_LOG_NAME`, sql/rpl_rli.h. */
const NO_LOG = 'FIRST';
const LOGS: ReadonlySet<FieldName> = new Set([
  'sourceLog',
  'relayLog',
  'ownLog',
  'previousSourceLog',
]);

/** Numbers past 2^53 are left out: no server means them. */
const valueOf = (name: FieldName, text: string): number | string | null => {
  if (MESSAGE_FIELDS[name] === 'number') {
    return Number.isSafeInteger(Number(text)) ? Number(text) : null;
  }
  return LOGS.has(name) && text === NO_LOG ? '' : text;
};

const fromGroups = (groups: Readonly<Record<string, string | undefined>>): Found => {
  const found: Found = {};
  for (const name of fieldNames) {
    const text = groups[name];
    const value = text === undefined ? null : valueOf(name, text);
    if (value !== null) found[name] = value;
  }
  return found;
};

/** `repl@db1:3306`, `db1:3306`, `repl@` (what owners make of the host). */
const fromAccount = (account: string | undefined): Found => {
  if (account === undefined) return {};
  const at = account.lastIndexOf('@');
  const [, host = '', port] = /^(.*?)(?::(\d{1,5}))?$/s.exec(account.slice(at + 1)) ?? [];
  return {
    ...(at >= 0 && { user: account.slice(0, at) }),
    ...(host !== '' && { host }),
    ...(port !== undefined && { port: Number(port) }),
  };
};

const CODE = /\b(?:Error_code: (?:MY-)?|Internal MariaDB error code: |server_errno ?= ?)(\d{1,9})/g;
const CHANNEL = /\bfor channel '([^']{0,1024})'/;
const EVENT = /the event's (?:master|source) log ([^\s,;]{1,512}), end_log_pos (\d{1,20})/;
/** Of the event that failed, or the one that a refused replica asked to go on from. */
const GTID =
  /(?:, Gtid|requested to start from GTID|is missing the GTID) (\d{1,10}-\d{1,10}-\d{1,20})/;
const LAST_READ =
  /the first event '([^']{0,512})' at (\d{1,20}), the last event read from '[^']{0,512}' at (\d{1,20}), the last byte read from '[^']{0,512}' at (\d{1,20})/;

/** What many messages say in the same words. */
const fromWords = (text: string): Found => {
  const code = [...text.matchAll(CODE)].at(-1)?.[1];
  const event = EVENT.exec(text);
  const read = LAST_READ.exec(text);
  return fromGroups({
    // 0 is what reports without an error print
    errorCode: Number(code) === 0 ? undefined : code,
    channel: CHANNEL.exec(text)?.[1],
    gtid: GTID.exec(text)?.[1],
    sourceLog: read?.[1] ?? event?.[1],
    sourcePosition: read?.[2] ?? event?.[2],
    lastEventPosition: read?.[3],
    lastBytePosition: read?.[4],
  });
};

/**
 * What a message tells. `groups` are those of its template, `text` all of it on one line. An error
 * code at the end goes before one within.
 */
export const readDetails = (
  text: string,
  groups: Readonly<Record<string, string | undefined>>,
): MessageDetails => {
  const words = fromWords(text);
  const found: Found = {
    ...words,
    ...fromGroups(groups),
    ...fromAccount(groups['account'] ?? groups['address']),
    ...(words.errorCode !== undefined && { errorCode: words.errorCode }),
  };
  const code = found.errorCode;
  return {
    ...found,
    ...(typeof code === 'number' && { errorNumber: classicErrorNumber(code) }),
  } as MessageDetails;
};

/** The same, with the reason for which the source ended the stream. */
export const withRefusal = (details: MessageDetails, text: string): MessageDetails => {
  const refusal = sourceRefusal(text);
  return refusal === null ? details : { ...details, refusal };
};
