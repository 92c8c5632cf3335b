import { baseName } from '../binlog/coordinates.ts';
import type { Channel, Server } from '../evidence/evidence.ts';
import {
  findRelayIndexFaults,
  isPast,
  type RelayIndexFault,
} from '../evidence/relay-index-faults.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import type { Confidence, Severity } from './finding.ts';
import { resumeAtExecuted } from './fix/resume-at.ts';
import { serverName } from './fix/steps.ts';
import { pastRepair } from './fix/withheld.ts';
import { logLocus, relayInfoLocus } from './position-locus.ts';
import { list } from './words.ts';

interface IndexFacts {
  readonly kind: RelayIndexFault['kind'];
  readonly index: string;
  readonly logs: readonly string[];
  /** Is the applier past them? Null when nothing tells. */
  readonly passed: boolean | null;
}

interface BrokenIndex {
  readonly server: Server;
  readonly channel: Channel;
  readonly fault: RelayIndexFault;
  readonly passed: boolean | null;
}

/** The index of the relay logs, the logs that are there, and relay-log.info contradict each other. */
export const brokenRelayIndex = defineRule({
  id: 'broken-relay-index',
  title: 'The relay log index contradicts the relay logs',
  severity: [
    'critical: START is refused, or passes over what is not applied without an error, and the applier has yet to come there',
    'high: the same, and nothing tells how far the applier is; or the order of the index is wrong',
    'medium: the applier is past a missing log: nothing is lost, but after a restart START is refused; or past one that the index lacks, and nothing tells whether it was applied (confidence possible)',
    'low: relay-log.info names a log that was not given (confidence possible)',
  ].join('\n'),
  needs: ['relays', 'relayIndexes'],
  story:
    'The applier finds its relay logs through the index alone. At each start the server looks for every log that it names: where one is missing (deleted by hand, by a clean-up job, lost by a file system) START is refused with error 1872 or 13124, MariaDB 1201, until a RESET, whether that log was applied or not. A log that is there and that the index does not name is worse: MySQL 9.7 goes past it without an error, and its transactions are lost (seen). Lines in a wrong order are applied in that order.',
  traps: [
    {
      trap: 'copy of a part',
      why: 'whoever leaves out the oldest or the newest logs leaves no hole: only what is missing between two that were given counts',
    },
    {
      trap: 'logs that were there and not named on the command line, or could not be read',
      why: 'a log that lies beside the others is not missing',
    },
    {
      trap: 'copied while the server was purging or rotating',
      why: 'logs before the first line of the index, or behind its last one, are not counted',
    },
    {
      trap: 'names of two series in one index',
      why: 'after a change of the host name the old lines are put before the new ones by hand: each series is judged by itself',
    },
    {
      trap: 'numbers that jump',
      why: 'a stray file makes the server take the next higher number: a hole in the numbers counts only with a log, or a position, in it',
    },
  ],
  fixStory:
    'The position is noted, the relay logs are copied aside, RESET forgets the broken index, and a CHANGE gives the executed position again: what was not applied is fetched from the source, which must still have it. MySQL 5.6 does nothing on RESET until a file of the missing name is there. With GTIDs no position is needed.',
  references: [
    'MySQL manual: The Relay Log; RESET REPLICA',
    'MySQL errors 1872, 13124; MY-010599 (listed in the index, but failed to stat)',
    'MariaDB error 1201',
  ],
  *detect({ relays }) {
    for (const { server, channel } of relays) {
      for (const fault of findRelayIndexFaults(channel)) {
        yield describe({ server, channel, fault, passed: isPast(server, channel, fault.logs) });
      }
    }
  },
  unjudged: ({ relays }) =>
    relays.some(({ channel }) => channel.index === null)
      ? 'the index of every channel’s relay logs'
      : null,
  explain: ({ facts }) => EXPLAINED[facts.kind],
  fix: ({ facts, subject: { server, channel } }, { servers }) => {
    if (facts.kind === 'missing-position') return null;
    if (facts.kind === 'lost-line' && facts.passed === true) return pastRepair(server, PASSED);
    return resumeAtExecuted(server, channel, ' and the index with them', servers);
  },
});

const PASSED =
  'the applier is past these logs. If the line was lost before it came there, what they hold was never applied, and a CHANGE back would apply everything after it a second time: look whether their last transaction is in the tables, and rebuild the replica if it is not';

const EXPLAINED: Readonly<Record<RelayIndexFault['kind'], string>> = {
  'missing-log':
    'A server that starts looks for every log that the index names. It does not find this one, cannot count its relay logs, and refuses START; a CHANGE is taken, and START refused again.',
  'lost-line':
    'The applier goes from line to line of the index. It never opens a log that no line names, and goes on with the next one: MySQL 9.7 did so without an error and with no lag, and the rows in between were missing.',
  order:
    'The applier goes from line to line of the index, whatever the numbers: transactions are applied in another order than on the source, or twice.',
  'unnamed-position':
    'The server looks up the log of its recorded position in the index, does not find it ("Could not find target log"), and refuses START; a CHANGE is taken, and START refused again.',
  'missing-position':
    'The applier stands in a log that is not among those given. In a copy that was made while the applier moved on this is normal; on the server it must be there.',
};

const grade = ({
  fault: { kind },
  passed,
}: BrokenIndex): { severity: Severity; confidence: Confidence } => {
  if (kind === 'missing-position') return { severity: 'low', confidence: 'possible' };
  if (kind === 'order') return { severity: 'high', confidence: 'proven' };
  if (kind === 'unnamed-position') return { severity: 'critical', confidence: 'likely' };
  if (passed === null) return { severity: 'high', confidence: 'likely' };
  if (!passed) return { severity: 'critical', confidence: 'likely' };
  return { severity: 'medium', confidence: kind === 'lost-line' ? 'possible' : 'likely' };
};

const describe = (broken: BrokenIndex): Found<IndexFacts, BrokenIndex> => {
  const { server, channel, fault, passed } = broken;
  const index = channel.index?.path ?? '';
  return {
    key: `${fault.kind}/${fault.logs[0]}`,
    ...grade(broken),
    title: titleOf(broken),
    summary: summaryOf(broken),
    server,
    channel: channel.name,
    at: [
      { ...logLocus(index, fault.line.offset), text: `the line of ${fault.line.name}` },
      ...unlistedLoci(broken),
      ...relayInfoLocus(channel, 'relayLogPos'),
    ] as unknown as [Locus, ...Locus[]],
    facts: { kind: fault.kind, index: baseName(index), logs: fault.logs, passed },
    excluded:
      fault.kind === 'missing-log'
        ? [{ trap: 'copy of a part', why: 'logs before and behind it were given' }]
        : [],
    subject: broken,
  };
};

/** The log that no line names is there to be looked at. */
const unlistedLoci = ({ channel, fault }: BrokenIndex): Locus[] =>
  fault.kind === 'missing-log'
    ? []
    : (channel.relay?.files ?? [])
        .filter(({ name }) => fault.logs.includes(name))
        .map(({ path }) => logLocus(path, 4));

const titleOf = ({ channel, fault, passed }: BrokenIndex): string => {
  const index = baseName(channel.index?.path ?? '');
  const logs = list(fault.logs);
  const one = fault.logs.length === 1;
  const need = passed === false ? `, and the applier has yet to read ${one ? 'it' : 'them'}` : '';
  switch (fault.kind) {
    case 'missing-log':
      return `${index} names ${logs}, which ${one ? 'is' : 'are'} not there${need}`;
    case 'lost-line':
      return `${index} does not name ${logs}, which ${one ? 'is' : 'are'} there${need}`;
    case 'order':
      return `${index} names ${logs} out of order`;
    case 'unnamed-position':
      return `relay-log.info names ${logs}, which ${index} does not`;
    case 'missing-position':
      return `relay-log.info names ${logs}, which is not in this copy`;
  }
};

const summaryOf = ({ server, channel, fault, passed }: BrokenIndex): string => {
  const on = serverName(server);
  const files = channel.relay?.files ?? [];
  const range = `${files[0]?.name} to ${files.at(-1)?.name}`;
  const applier =
    passed === null
      ? 'Nothing tells whether the applier is past it.'
      : passed
        ? 'The applier is past it.'
        : 'The applier has yet to come there.';
  switch (fault.kind) {
    case 'missing-log':
      return `Of ${range} on ${on}, in this copy ${list(fault.logs)} ${fault.logs.length === 1 ? 'is' : 'are'} missing, though the index names ${fault.logs.length === 1 ? 'it' : 'them'}. ${applier}`;
    case 'lost-line':
      return `The index of ${on} goes from before ${list(fault.logs)} to ${fault.line.name}. ${applier}`;
    case 'order':
      return `In the index of ${on} ${list(fault.logs)} ${fault.logs.length === 1 ? 'stands' : 'stand'} behind a higher or the same number. ${applier}`;
    case 'unnamed-position':
      return `The recorded position of ${on} is in ${list(fault.logs)}, and the index has lines before and behind it.`;
    case 'missing-position':
      return `The recorded position of ${on} is in ${list(fault.logs)}. The index names it too; it was not given.`;
  }
};
