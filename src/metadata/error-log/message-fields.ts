import type { SourceRefusal } from './source-refusals.ts';

/**
 * What a message may tell. In a template a text is what stands up to a quote; `{name:bare}` up to a
 * blank or comma, `{name:list}` of GTIDs and their commas.
 */
export const MESSAGE_FIELDS = {
  /** MySQL channel, MariaDB connection; empty for the default one. */
  channel: 'text',
  /** Coordinates in the source's log; the name is empty before the first connect. */
  sourceLog: 'text',
  sourcePosition: 'number',
  /** Offset in a relay log, named as its index does. */
  relayLog: 'text',
  relayPosition: 'number',
  /** Offset in a binary log of the server that speaks. */
  ownLog: 'text',
  ownPosition: 'number',
  /** A GTID, position or set, as printed. */
  gtid: 'text',
  /** As printed: see `errorNumber`. */
  errorCode: 'number',
  /** Seconds between two attempts. */
  retryTime: 'number',
  /** Which attempt it was; MySQL to 5.5 and MariaDB print how many there may be. */
  attempt: 'number',
  maximumRetries: 'number',
  /** Of the other server: the source, or the replica that a dump is for. */
  serverId: 'number',
  serverUuid: 'text',
  /** Of the server that speaks. */
  serverVersion: 'text',
  processId: 'number',
  /** Of a signal or a Windows exception: `11`, `0xc0000005`. */
  signal: 'text',
  connectionId: 'number',
  database: 'text',
  user: 'text',
  host: 'text',
  port: 'number',
  /** Words of the server or client library that say why. */
  reason: 'text',
  worker: 'number',
  table: 'text',
  eventType: 'text',
  /** Path of a status file. */
  infoFile: 'text',
  /** What a CHANGE statement replaced. */
  previousHost: 'text',
  previousPort: 'number',
  previousSourceLog: 'text',
  previousSourcePosition: 'number',
  previousUsingGtid: 'text',
  usingGtid: 'text',
  /** Of error 1236: where the source read last, an event and a byte. */
  lastEventPosition: 'number',
  lastBytePosition: 'number',
} as const;

export type FieldName = keyof typeof MESSAGE_FIELDS;

/** What one message tells; a field that it does not tell is absent. */
export type MessageDetails = {
  readonly [Name in FieldName]?: (typeof MESSAGE_FIELDS)[Name] extends 'number' ? number : string;
} & {
  /** The error as MySQL to 8.0.13 and MariaDB number it. */
  readonly errorNumber?: number;
  /** Why the source ended the stream. */
  readonly refusal?: SourceRefusal;
};

/** Text of a field by its shape in the template. */
const TEXT_SHAPES: ReadonlyMap<string, string> = new Map([
  ['', "[^']{0,1024}"],
  ['bare', String.raw`[^\s,;()']{0,512}`],
  ['list', String.raw`(?:[\da-fA-F:-]{1,256}(?:,[\da-fA-F:-]{1,256}){0,64})?`],
]);

/** Fields whose values look alike everywhere. */
const OWN_SHAPES: ReadonlyMap<string, string> = new Map([
  ['serverUuid', '[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}'],
  ['signal', String.raw`\w{1,16}`],
  ['usingGtid', String.raw`\w{1,64}`],
  ['previousUsingGtid', String.raw`\w{1,64}`],
]);

const isField = (name: string): name is FieldName => Object.hasOwn(MESSAGE_FIELDS, name);

/**
 * The regular expression of a field in a template. `account` and `address` (`user@host:port`, with
 * and without quotes around it) are read further by `details.ts`. Throws for a name of no field.
 */
export const fieldPattern = (name: string, shape: string): string => {
  if (name === 'account') return "[^']{0,512}";
  if (name === 'address') return "[^\\s',;]{1,512}";
  const text = OWN_SHAPES.get(name) ?? TEXT_SHAPES.get(shape);
  if (!isField(name) || text === undefined) throw new Error(`no field: ${name}:${shape}`);
  return MESSAGE_FIELDS[name] === 'number' ? String.raw`\d{1,20}` : text;
};

/** Fields in their order, to read the groups of a match by. */
export const fieldNames = Object.keys(MESSAGE_FIELDS) as FieldName[];
