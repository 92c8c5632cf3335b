import type { DomainGap } from '../../evidence/domain-gaps.ts';
import type { GtidGap } from '../../evidence/gtid-gaps.ts';
import type { Fix } from '../finding.ts';
import { serverName } from './steps.ts';
import { held } from './withheld.ts';

/** Only the tables tell whether the data are there: gtid_purged may be right. */
export const compareCounted = ({ server, source }: GtidGap): Fix | null => {
  const { dialect } = server;
  if (!dialect) return null;
  const on = serverName(server);
  const from = source ? serverName(source) : 'its source';
  return held(
    dialect,
    `the tables decide: look on ${on} for what these transactions wrote on ${from}. Where it is there, a dump or a clone brought it, and nothing is to be done; where it is not, build ${on} anew from ${from}, since what came later ran without it. No statement takes a GTID back out of gtid_executed but a RESET of all of it`,
  );
};

/** The same on MariaDB, where the position may be set back, and all that came since would come again. */
export const compareDomainGap = ({ server, source }: DomainGap): Fix | null => {
  const { dialect } = server;
  if (!dialect) return null;
  const on = serverName(server);
  const from = serverName(source);
  return held(
    dialect,
    `the tables decide: look on ${on} for what these transactions wrote on ${from}. Where it is there, a dump or a copy brought it, and nothing is to be done; where it is not, bring it from ${from}, or build ${on} anew from it, since what came later ran without it. Never set gtid_slave_pos back for it: all that came since would be applied a second time`,
  );
};
