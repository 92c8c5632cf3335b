import type { Abilities, DialectLine } from './define-dialect.ts';
import { atLeast } from './server-version.ts';
import { singleSourceStatements } from './statements-master-slave.ts';
import { masterSlaveTerms } from './terms-master-slave.ts';

const abilities: Abilities = {
  changeOptions: ['logFile', 'logPos', 'relayLogFile', 'relayLogPos'],
  namedChannels: false,
  ignoreServerIds: false,
  ignoreServerIdsUnderGtid: false,
  heartbeatReset: false,
  statusFiles: true,
  statusFilesByDefault: true,
  formatDescriptionCountsAsLag: 'until-next-group',
  resetNeedsIndexedLogs: true,
  multiThreadedApplier: false,
  applierGaps: false,
  changeUnderApplier: false,
};

/**
 * MySQL up to 5.1, 5.0 and older included: no heartbeat, no ignored server ids, no GTID. A foreign
 * FDE stays in the lag figure until the next group ends (log_event.cc, `do_update_pos`; MySQL bug
 * #66921).
 */
export const mysql51 = {
  name: 'mysql-5.1',
  matches: (version) => version.flavor === 'mysql' && !atLeast(version, 5, 5),
  terms: masterSlaveTerms,
  statements: singleSourceStatements(abilities),
  abilities,
} satisfies DialectLine;
