import { baseName, splitLogName } from '../binlog/coordinates.ts';
import type { StartupLook } from '../evidence/applier-startup.ts';
import {
  findRelayIndexFaults,
  isPast,
  type RelayIndexFault,
} from '../evidence/relay-index-faults.ts';
import { defineRule, type Found, type Locus } from './define-rule.ts';
import type { Confidence, Severity } from './finding.ts';
import { resetAndResume } from './fix/reset-and-resume.ts';
import { resumeAtExecuted } from './fix/resume-at.ts';
import { pastRepair } from './fix/withheld.ts';
import { logLocus, relayInfoLocus } from './position-locus.ts';
import {
  type BrokenIndex,
  EXPLAINED,
  summaryOf,
  titleOf,
  unlistedLoci,
} from './relay-index-words.ts';
import { troubleLoci } from './report-locus.ts';

interface IndexFacts {
  readonly kind: RelayIndexFault['kind'];
  readonly index: string;
  readonly logs: readonly string[];
  /** Is the applier past them? Null when nothing tells. */
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
    'The applier finds its relay logs through the index alone. At each start the server looks for every log that it names: where one is missing (deleted by hand, by a clean-up job, lost by a file system) START is refused with error 1872 or 13124, MariaDB 1201, until a RESET, whether that log was applied or not. A log that is there and that the index does not name is worse: MySQL 9.7 goes past it without an error, and its transactions are lost (seen). Lines in a wrong order are applied in that order. Where relay_log is not set the logs are called after the host: after a change of its name the server looks for them under the new one, and refuses START too.',
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
      trap: 'relay logs of another name that are no successors',
      why: 'older ones, those that hold something from a source, and those of a connection of its own (its name behind the default one’s) are not held against relay-log.info',
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
    'MySQL bug #2122: relay logs are named after the host unless relay_log is set',
  ],
  *detect({ relays }) {
    for (const { server, channel } of relays) {
      for (const fault of findRelayIndexFaults(server, channel)) {
        yield describe({ server, channel, fault, passed: isPast(server, channel, fault.logs) });
      }
    }
  },
  unjudged: ({ relays }) =>
    relays.some(({ channel }) => channel.index === null)
      ? 'the index of every channel’s relay logs'
      : null,
  explain: ({ facts }) => EXPLAINED[facts.kind],
  fix: ({ facts, subject: { server, channel, fault } }, { servers }) => {
    if (facts.kind === 'missing-position') return null;
    if (facts.kind === 'lost-line' && facts.passed === true) return pastRepair(server, PASSED);
    const look = fault.startup?.look ?? renamed(fault);
    if (look) return resetAndResume({ server, channel, look }, servers);
    return resumeAtExecuted(server, channel, ' and the index with them', servers);
  },
});

/** As the server’s own words would have it, where only the files tell. */
const renamed = ({ kind, logs, line }: RelayIndexFault): StartupLook | null =>
  kind === 'other-series'
    ? { cause: 'renamed', named: logs[0], newBase: splitLogName(line.name)?.base ?? null }
    : null;

const PASSED =
  'the applier is past these logs. If the line was lost before it came there, what they hold was never applied, and a CHANGE back would apply everything after it a second time: look whether their last transaction is in the tables, and rebuild the replica if it is not';

const grade = ({
  fault: { kind, startup },
  passed,
}: BrokenIndex): { severity: Severity; confidence: Confidence } => {
  if (kind === 'missing-position') return { severity: 'low', confidence: 'possible' };
  if (kind === 'order') return { severity: 'high', confidence: 'proven' };
  if (startup) return { severity: 'critical', confidence: 'proven' };
  if (kind === 'unnamed-position' || kind === 'other-series')
    return { severity: 'critical', confidence: 'likely' };
  if (passed === null) return { severity: 'high', confidence: 'likely' };
  if (!passed) return { severity: 'critical', confidence: 'likely' };
  return { severity: 'medium', confidence: kind === 'lost-line' ? 'possible' : 'likely' };
};

const describe = (broken: BrokenIndex): Found<IndexFacts, BrokenIndex> => {
  const { server, channel, fault, passed } = broken;
  return {
    key: `${fault.kind}/${fault.logs[0]}`,
    ...grade(broken),
    title: titleOf(broken),
    summary: summaryOf(broken),
    server,
    channel: channel.name,
    at: [
      { ...logLocus(fault.index, fault.line.offset), text: `the line of ${fault.line.name}` },
      ...unlistedLoci(broken),
      ...relayInfoLocus(channel, 'relayLogFile'),
      ...(fault.startup ? troubleLoci(fault.startup.trouble) : []),
    ] as unknown as [Locus, ...Locus[]],
    facts: { kind: fault.kind, index: baseName(fault.index), logs: fault.logs, passed },
    excluded:
      fault.kind === 'missing-log'
        ? [{ trap: 'copy of a part', why: 'logs before and behind it were given' }]
        : [],
    subject: broken,
  };
};
