import {
  applierStartups,
  isDamaged,
  lookAtStartup,
  type StartupCause,
  type StartupLook,
} from '../evidence/applier-startup.ts';
import type { Channel, Server } from '../evidence/evidence.ts';
import { findRelayIndexFaults } from '../evidence/relay-index-faults.ts';
import type { Trouble } from '../evidence/thread-trouble.ts';
import { defineRule, type Found } from './define-rule.ts';
import { resetAndResume } from './fix/reset-and-resume.ts';
import { serverName } from './fix/steps.ts';
import { standingWords, troubleLoci, weigh } from './report-locus.ts';

interface StartupFacts {
  readonly cause: StartupCause;
  readonly relayLog: string | null;
  readonly newBase: string | null;
  readonly errorNumber: number | null;
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  readonly standing: Trouble['standing'];
}

export interface FailedApplierStartup {
  readonly server: Server;
  readonly channel: Channel | null;
  readonly look: StartupLook;
}

/** A server that could not set up its relay logs when it started, and refuses START since. */
export const applierStartupFailure = defineRule({
  id: 'applier-startup-failure',
  title: 'The server cannot set up its relay logs, and refuses START',
  severity:
    'critical: START is refused (error 1872, 13124; MariaDB 1201)\nmedium: whether it is over is not known\nlow: it is over',
  needs: ['threadWitnesses'],
  story:
    'A server that starts looks up the relay log of its recorded position: in its index, and on the disk. Where it does not find it, it says "Failed to open the relay log" and "Could not find target log", and replication stays off: START is refused with error 1872 or 13124, MariaDB 1201, though SHOW SLAVE STATUS may show no error at all. It comes of a new host name where relay_log is not set (the logs are called after the host), of another relay_log option, of relay logs that were deleted by hand, or of a relay-log.info that is lost or not of this server.',
  traps: [
    {
      trap: 'failure of an earlier start',
      why: 'an applier that began since, or a status that shows it running, ends it: low',
    },
    {
      trap: 'server that became ready after it',
      why: 'the lines come before "ready for connections", which is no end of it',
    },
    {
      trap: 'relay log that is there and damaged',
      why: 'the damage is the cause, and has a finding of its own',
    },
    {
      trap: 'relay logs of an old name, kept from a change of the host name long ago',
      why: 'without the server’s own words nothing is said',
    },
  ],
  fixStory:
    'RESET forgets the relay logs, and a CHANGE gives the executed position again; a CHANGE alone is refused (MariaDB), or leaves START refused (MySQL 5.6). Connection settings stay. Where the logs are there under their old name, relay_log and relay_log_index set back to it keep them too. Where the recorded position cannot be held against the relay logs, it is named as an alternative.',
  references: [
    'MySQL sql/rpl_rli.cc, MariaDB sql/rpl_rli.cc: init_relay_log_pos',
    'MySQL manual: The Relay Log; relay_log',
    'MySQL errors 1872, 13124; MariaDB error 1201',
  ],
  follows: ['broken-relay-index'],
  *detect({ threadWitnesses }) {
    for (const server of threadWitnesses) {
      for (const trouble of applierStartups(server)) {
        const found = describe(server, trouble);
        if (!isDamaged(server, found.subject.look)) yield found;
      }
    }
  },
  explain: ({ facts }) => `${CAUSES[facts.cause]} ${NOTHING_LOST}`,
  fix: ({ facts, subject }, { servers }) =>
    facts.standing === 'over' ? null : resetAndResume(subject, servers),
});

const NOTHING_LOST =
  'The tables are as they were: nothing was applied since. The lines come at the start, before the server is ready for connections; no status has to show them.';

const CAUSES: Readonly<Record<StartupCause, string>> = {
  renamed:
    'The server’s relay logs go by another name since this start: by a new host name where relay_log is not set, or by another relay_log option. It looks for the recorded log in the index of the new name, and does not find it.',
  missing:
    'The relay log of the recorded position is not there (nor in this copy): deleted by hand or by a clean-up job, or relay-log.info is not of this data directory.',
  unlisted:
    'The relay log of the recorded position is there, and the index does not name it: the index was made anew, or edited.',
  'no-record':
    'There is no relay-log.info in this copy: where it is missing on the server too, the executed position is lost with it, and only the replica’s tables and its own binary log tell how far it came.',
  unknown: 'The files that were given do not tell why: the server’s own words do.',
};

const TITLES: Readonly<Record<StartupCause, (look: StartupLook) => string>> = {
  renamed: ({ named, newBase }) =>
    `The server looks for its relay logs as ${newBase}, cannot open ${named}, and refuses START`,
  missing: ({ named }) => `The server cannot open ${named}, which is not there, and refuses START`,
  unlisted: ({ named }) =>
    `The server cannot open ${named}, which its index does not name, and refuses START`,
  'no-record': () =>
    'The server cannot set up its relay logs without relay-log.info, and refuses START',
  unknown: () => 'The server cannot set up its relay logs, and refuses START',
};

const AT_FAULT = new Set(['missing-log', 'lost-line', 'unnamed-position', 'other-series']);

const isIndexAtFault = (server: Server, channel: Channel): boolean =>
  findRelayIndexFaults(server, channel).some(({ kind }) => AT_FAULT.has(kind));

const describe = (server: Server, trouble: Trouble): Found<StartupFacts, FailedApplierStartup> => {
  const { story, reports, standing } = trouble;
  const channel = server.channels.find(({ name }) => name === story.channel) ?? null;
  const look = lookAtStartup(server, channel, reports);
  const numbered = reports.findLast(({ errorNumber }) => errorNumber !== null);
  const title = TITLES[look.cause](look);
  return {
    key: `${story.channel}/${look.cause}/${look.named ?? ''}`,
    ...weigh(trouble, 'critical'),
    title: standing === 'over' ? title.replace('refuses START', 'refused START') : title,
    summary: `${serverName(server)} could not set up its relay logs${reports[0].time ? ` at ${reports[0].time}` : ''}${look.named ? `: ${look.named}, where its applier stands, could not be opened` : ''}. ${standingWords(trouble)}`,
    server,
    channel: story.channel,
    at: troubleLoci(trouble),
    facts: {
      cause: look.cause,
      relayLog: look.named,
      newBase: look.newBase,
      errorNumber: numbered?.errorNumber ?? null,
      firstSeen: reports[0].time,
      lastSeen: reports.at(-1)?.time ?? null,
      standing,
    },
    excluded: [],
    // Lines out of order, and a log that was not given, are what such a start leaves behind
    follows: channel && isIndexAtFault(server, channel) ? ['broken-relay-index'] : [],
    subject: { server, channel, look },
  };
};
