import { formatMariadbGtid } from '../binlog/mariadb-gtid.ts';
import type { NamedGtid } from '../evidence/named-gtid.ts';
import type { ReplicaFilter } from '../evidence/replica-filter.ts';
import type { Locus } from './define-rule.ts';
import { logLocus } from './position-locus.ts';

/** What stands in an applier’s way besides rows: a higher GTID, a filter. */
export const higherWords = ({ gtid, isOwn }: NamedGtid): string =>
  isOwn
    ? `this server itself wrote ${formatMariadbGtid(gtid)} in that domain`
    : `${formatMariadbGtid(gtid)} of server ${gtid.server}, a later one of that domain, is here already`;

export const filterWords = (filter: ReplicaFilter | null): string[] =>
  filter
    ? [
        `This replica leaves it out: ${filter.name} is ${filter.value}. A statement that reads it cannot be applied then; logged as rows (binlog_format = ROW on the source) it could.`,
      ]
    : [];

export const filterLoci = (filter: ReplicaFilter | null): Locus[] =>
  filter ? [logLocus(filter.path, filter.offset, `${filter.name}: ${filter.value}`)] : [];
