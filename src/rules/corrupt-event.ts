import { eventTypeName } from '../binlog/event-type.ts';
import type { LogFile } from '../evidence/evidence.ts';
import { isWhole } from '../evidence/readable.ts';
import type { IntegrityFact } from '../facts/facts.ts';
import { type Damage, damageAt } from './damage.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import type { Confidence } from './finding.ts';
import { resumeAtExecuted } from './fix/resume-at.ts';
import { serverName } from './fix/steps.ts';
import { count } from './words.ts';

interface CorruptFacts {
  readonly offset: number;
  readonly kind: IntegrityFact['kind'];
  readonly eventType: string | null;
  readonly sourcePosition: number | null;
  readonly lostBytes: number;
  readonly resumedAt: number | null;
  readonly lastWholeTransactionEndsAt: number | null;
  readonly lastWholeSourcePosition: number | null;
  readonly transactionBeginsAt: number | null;
  readonly applied: boolean | null;
  readonly places: number;
  readonly log: string;
}

const CORRUPT = new Set<IntegrityFact['kind']>([
  'magic',
  'checksum',
  'framing',
  'malformed-body',
  'unknown-type',
]);

/**
 * An event whose bytes contradict its checksum or its frame. In a relay log the applier stops there
 * (1594, 13121); in a binary log every replica that still has to read it does (1236, 13114).
 */
export const corruptEvent = defineRule({
  id: 'corrupt-event',
  title: 'An event is damaged',
  severity: [
    'critical: in a relay log, at or behind the executed position: the applier stops there',
    'high: in a binary log, or in a relay log whose executed position is not known',
    'low: in a relay log, before the executed position: it was applied',
  ].join('\n'),
  needs: ['logs'],
  story:
    'Every event names its size, and since MySQL 5.6 and MariaDB 5.3 usually carries a CRC32. Bytes that changed on disk, in memory or on the way show as a checksum that does not fit, as a size that leads nowhere, or as a type that no server writes. Reading goes on at the next event that can be trusted, so that the report can say what is lost and what is still whole.',
  traps: [
    {
      trap: 'checksum algorithm changes inside a relay log',
      why: 'the algorithm is that of the latest format description',
    },
    {
      trap: 'source FDE with algorithm "none"',
      why: 'the dump thread changes its bytes and leaves the old checksum: never judged',
    },
    { trap: 'in-use flag', why: 'it is set and cleared in place, and left out of the checksum' },
    { trap: 'encrypted log', why: 'encrypted is not damaged' },
    {
      trap: 'damaged or cut compressed copy',
      why: 'gzip and zstd tell it: the log behind it is not judged',
    },
    {
      trap: 'inner events of a compressed transaction',
      why: 'they have neither checksum nor position',
    },
    {
      trap: 'types of forks',
      why: 'known ones are hopped, and a checksum that fits vouches for any other',
    },
  ],
  fixStory:
    'Relay log: read the same events again from the source, from the executed position on; the relay logs are deleted by that, so the source must still have them. Binary log: no statement repairs it; replicas that have passed the place are not touched, others need the events from another server.',
  references: [
    'MySQL error 1594 (ER_SLAVE_RELAY_LOG_READ_FAILURE), 13121',
    'MySQL manual: binlog_checksum, source_verify_checksum',
  ],
  *detect({ logs, servers }) {
    for (const file of logs) {
      // The damage is that of the compressed copy
      if (!isWhole(file.facts)) continue;
      const facts = file.facts.integrity.filter((fact) => CORRUPT.has(fact.kind));
      const judged = facts.map((fact) => ({ fact, damage: damageAt(servers, file, reach(fact)) }));
      // What was applied does no harm: the first place that was not is the one to tell of
      const worst = judged.find(({ damage }) => damage.applied !== true) ?? judged[0];
      if (worst) yield describe(file, worst.fact, facts, worst.damage);
    }
  },
  explain: ({ facts }) =>
    facts.log === 'relay-log'
      ? 'The applier checks every event as it reads it and stops at a damaged one (error 1594). What lies before it is applied; what lies behind it waits. The source usually holds the same events undamaged: only the copy on the replica broke.'
      : 'The dump thread reads this log for every replica that has not passed it yet, and stops them there with error 1236. A replica that has its events already is not affected.',
  fix: ({ subject: { server, channel, applied } }, seen) =>
    server && channel && applied !== true
      ? resumeAtExecuted(server, channel, ' with the damaged event', seen.servers)
      : null,
});

const FORMAT_DESCRIPTION = 15;

/** Magic and format descriptions are read anew whenever the applier opens the file, wherever it stands. */
const reach = ({ kind, offset, event }: IntegrityFact): number =>
  kind === 'magic' || event?.typeCode === FORMAT_DESCRIPTION ? Number.MAX_SAFE_INTEGER : offset;

const CONFIDENCE: Record<IntegrityFact['kind'], Confidence> = {
  magic: 'proven',
  checksum: 'proven',
  framing: 'proven',
  'malformed-body': 'likely',
  'unknown-type': 'possible',
  'torn-event': 'proven',
  'torn-header': 'proven',
  zeros: 'proven',
};

const describe = (
  file: LogFile,
  first: IntegrityFact,
  all: readonly IntegrityFact[],
  damage: Damage,
): Found<CorruptFacts, Damage> => {
  const { server, channel, applied, severity } = damage;
  const type = first.event ? eventTypeName(first.event.typeCode) : null;
  const whole = first.lastComplete;
  const lost =
    first.resumedAt === null
      ? 'Nothing behind it could be read.'
      : `Reading goes on at ${first.resumedAt}; ${count(first.resumedAt - first.offset, 'byte')} cannot be used.`;
  const before = whole
    ? ` The last whole transaction before it ends at ${whole.end}${whole.position > 0 ? ` (source position ${whole.position})` : ''}.`
    : '';
  const said =
    applied === true
      ? ' It lies before the executed position: it was applied before, and does no harm now.'
      : applied === false
        ? ' It lies at or behind the executed position: the applier has yet to pass it.'
        : '';
  const confidence = CONFIDENCE[first.kind];
  return {
    key: `${file.name}@${first.offset}`,
    severity: confidence === 'possible' && severity !== 'low' ? 'medium' : severity,
    confidence,
    title: `${file.name} is damaged at offset ${first.offset}${consequence(file, applied)}`,
    summary: `${first.kind === 'magic' ? 'The magic' : `The ${type ?? 'event'} event at ${first.offset}`} of ${file.name} on ${serverName(server)}: ${first.problem}. ${lost}${before}${said}${all.length > 1 ? ` ${count(all.length, 'place')} of this file are damaged.` : ''}`,
    server,
    channel: channel?.name ?? '',
    at: all.slice(0, 10).map((fact) => locus(file, fact)) as unknown as [Locus, ...Locus[]],
    facts: {
      offset: first.offset,
      kind: first.kind,
      eventType: type,
      sourcePosition: first.event && first.event.endLogPos > 0 ? first.event.endLogPos : null,
      lostBytes: first.length,
      resumedAt: first.resumedAt,
      lastWholeTransactionEndsAt: whole?.end ?? null,
      lastWholeSourcePosition: whole && whole.position > 0 ? whole.position : null,
      transactionBeginsAt: first.transaction?.offset ?? null,
      applied,
      places: all.length,
      log: file.kind,
    },
    excluded: [
      { trap: 'encrypted log', why: 'the events around it are readable' },
      ...(file.facts.checksum === 'crc32'
        ? [
            {
              trap: 'change of the checksum algorithm',
              why: `${count(file.facts.checksumsVerified, 'other checksum')} of this file fit`,
            },
          ]
        : []),
    ],
    subject: damage,
  };
};

/** What it means for replication, for the title. */
const consequence = (file: LogFile, applied: boolean | null): string => {
  if (file.kind !== 'relay-log')
    return ': replicas that have yet to read it stop there (error 1236)';
  if (applied === true) return ', in what was applied before';
  return applied === false
    ? ': the applier stops there (error 1594)'
    : ': an applier that has not passed it stops there (error 1594)';
};

const locus = (file: LogFile, fact: IntegrityFact): Locus => ({
  path: file.path,
  offset: fact.offset,
  length: Math.min(fact.length, file.facts.bytes - fact.offset),
  field: fact.field,
  source: null,
  gtid: null,
  text: fact.problem,
});
