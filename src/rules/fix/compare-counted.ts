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
