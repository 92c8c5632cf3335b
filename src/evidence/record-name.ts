import type { MetadataDocument } from '../metadata/index.ts';

const FILES = { 'master-info': 'master.info', 'relay-log-info': 'relay-log.info' } as const;

/** What a position was read from, as people call it: the file, or the output that stands in for it. */
export const recordName = (
  document: Pick<MetadataDocument<keyof typeof FILES>, 'kind' | 'standsIn'> | null,
  kind: keyof typeof FILES,
): string => document?.standsIn ?? FILES[kind];

export const masterInfoName = (channel: {
  readonly masterInfo: MetadataDocument<'master-info'> | null;
}): string => recordName(channel.masterInfo, 'master-info');

export const relayInfoName = (channel: {
  readonly relayLogInfo: MetadataDocument<'relay-log-info'> | null;
}): string => recordName(channel.relayLogInfo, 'relay-log-info');

/** A text is taken at a moment of its own: nothing ties it to that of the logs beside it. */
export const isText = (document: Pick<MetadataDocument, 'standsIn'> | null): boolean =>
  document?.standsIn !== undefined;

/** A row of an info table, which a server writes only now and then. */
export const isInfoTable = (document: Pick<MetadataDocument, 'standsIn'> | null): boolean =>
  document?.standsIn?.startsWith('mysql.') === true;
