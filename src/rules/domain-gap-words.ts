import type { DomainGap, DomainTransaction } from '../evidence/domain-gaps.ts';
import type { GtidGap } from '../evidence/gtid-gaps.ts';
import type { Found, Locus } from './define-rule.ts';
import { serverName } from './fix/steps.ts';
import type { GapFacts } from './gtid-gap.ts';
import { logLocus } from './position-locus.ts';
import { count } from './words.ts';

/** Missing transactions that a report shows. */
const SHOWN = 5;

export const isOfDomain = (gap: GtidGap | DomainGap): gap is DomainGap => 'domain' in gap;

const locusOf = ({ gtid, file, copy }: DomainTransaction, text: string): Locus => ({
  ...logLocus(file.path, copy.offset, text),
  gtid,
});

const nameOf = ({ missing }: DomainGap): string => {
  const last = missing.at(-1) ?? missing[0];
  return missing.length === 1 ? last.gtid : `${missing[0].gtid} to ${last.sequence}`;
};

export const describeDomainGap = (gap: DomainGap): Found<GapFacts, DomainGap> => {
  const { server, channel, source, missing, below, above } = gap;
  const on = serverName(server);
  const many = missing.length;
  const text = nameOf(gap);
  return {
    key: `${channel.name}/${text}`,
    severity: 'medium',
    confidence: 'possible',
    title: `${count(many, 'transaction')} of its source ${many === 1 ? 'is' : 'are'} in no log of ${on}, and later ones are: ${text}`,
    summary: `${on} logged ${below.gtid} (${below.file.name} at ${below.copy.offset}) and right behind it ${above.gtid}; ${text}, which ${many === 1 ? 'stands' : 'stand'} between them in the logs of ${serverName(source)}, ${many === 1 ? 'is' : 'are'} neither in its own logs nor in its relay logs, and its status shows no filter.`,
    server,
    channel: channel.name,
    at: [
      locusOf(below, 'the last transaction before the hole'),
      locusOf(above, 'the first transaction behind it'),
      ...missing.slice(0, SHOWN).map((one) => locusOf(one, 'in the source’s log alone')),
    ] as unknown as [Locus, ...Locus[]],
    facts: {
      missing: text,
      transactions: many,
      source: source.id,
      stillOnSource: true,
      countedAsExecuted: gap.byGtid,
    },
    excluded: [
      { trap: 'replication filters', why: 'the status of the replica shows none' },
      {
        trap: 'log_slave_updates off for a while, own logs purged (MariaDB)',
        why: `both sides of the hole stand in ${below.file.name}`,
      },
    ],
    subject: gap,
  };
};

export const explainDomainGap = ({ byGtid }: DomainGap): string =>
  `${byGtid ? 'By GTID a MariaDB replica asks for what follows gtid_slave_pos, and nothing below it ever comes' : 'By file and position nothing below the position that was asked for ever comes'}. Either ${byGtid ? 'gtid_slave_pos was set by hand to more than the data hold' : 'the position was set to a place too new, as at a failover'}, or a group was passed by (sql_slave_skip_counter), and the changes are missing without an error; or the data came another way (a dump, a copy), and all is well.`;
