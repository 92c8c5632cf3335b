import { formatMariadbGtid } from '../binlog/mariadb-gtid.ts';
import type { RelayedTransaction } from '../evidence/applied-in-binlog.ts';
import type { Channel } from '../evidence/evidence.ts';
import type { NamedGtid } from '../evidence/named-gtid.ts';
import type { Locus } from './define-rule.ts';

const NOWHERE = { length: null, source: null, gtid: null } as const;

/** The line of relay-log.info that records a position, or the name of its relay log. */
export const relayInfoLocus = (
  channel: Channel,
  field: 'relayLogFile' | 'relayLogPos' | 'sourceLogPos',
): Locus[] => {
  const info = channel.relayLogInfo;
  if (!info) return [];
  return [
    {
      ...NOWHERE,
      path: info.path,
      offset: info.value.offsets[field] ?? 0,
      field,
      text: `${field} ${info.value[field]}`,
    },
  ];
};

/** The line of master.info that records the read position. */
export const masterInfoLocus = (channel: Channel): Locus[] => {
  const info = channel.masterInfo;
  if (!info) return [];
  const { sourceLogFile, readPosition, offsets } = info.value;
  return [
    {
      ...NOWHERE,
      path: info.path,
      offset: offsets.readPosition ?? 0,
      field: 'readPosition',
      text: `read position ${sourceLogFile}:${readPosition}`,
    },
  ];
};

/** A place in a log, described by what stands there. */
export const logLocus = (path: string, offset: number, text: string | null = null): Locus => ({
  ...NOWHERE,
  path,
  offset,
  field: null,
  text,
});

/** The first transactions of a list, as places. */
export const transactionLoci = (list: readonly RelayedTransaction[], most = 5): Locus[] =>
  list.slice(0, most).map(({ file, copy, end }) => ({
    path: file.path,
    offset: copy.offset,
    length: copy.end - copy.offset,
    field: null,
    source: end,
    gtid: null,
    text: null,
  }));

/** A transaction with its GTID, as a place. */
export const gtidLocus = (
  gtid: string,
  { file, copy }: Pick<RelayedTransaction, 'file' | 'copy'>,
): Locus => ({
  path: file.path,
  offset: copy.offset,
  length: copy.end - copy.offset,
  field: null,
  source: null,
  gtid,
  text: null,
});

/** Where the own logs have the GTID that a message names. */
export const namedGtidLoci = (named: NamedGtid | null): Locus[] =>
  named?.place
    ? [
        {
          ...logLocus(named.place.file.path, named.place.offset),
          length: named.place.length,
          gtid: formatMariadbGtid(named.gtid),
        },
      ]
    : [];
