import type { GtidSet } from '../../binlog/gtid-set.ts';
import { formatGtid } from '../../binlog/gtid-set.ts';
import type { ErrantGtids } from '../../evidence/errant-gtids.ts';
import type { Server } from '../../evidence/evidence.ts';
import type { MariadbLocalWrites } from '../../evidence/mariadb-local-writes.ts';
import type { Alternative, Fix, Step } from '../finding.ts';
import { check, serverName } from './steps.ts';
import { held } from './withheld.ts';

/** Longer lists are no work for a person at a prompt. */
const BY_HAND = 50n;

/**
 * Which side is right cannot be read from logs, so nothing is planned. Verified on MySQL 9.7.4, tagged
 * GTIDs too: empty transactions on the source let it replicate from a server that had purged them.
 */
export const decideErrant = (errant: ErrantGtids): Fix | null => {
  const { state, server, source, gtids, reused } = errant;
  const { dialect } = server;
  if (!dialect) return null;
  const on = serverName(server);
  if (state === 'written-here') {
    return held(
      dialect,
      `first see whether the source has them: scan its binary logs together with these. Where it has not, they are on ${on} alone, and somebody must decide what they are worth`,
    );
  }
  const from = serverName(source ?? null);
  if (state === 'lost-by-source') {
    const again =
      reused.length > 0
        ? ` Until then every write to ${from} may take a number that ${on} has, and is skipped there without an error.`
        : '';
    return held(
      dialect,
      `somebody must decide which side is right. Where the lost transactions count, make ${on} the source, since it has them, and build ${from} anew from it; where they do not, build ${on} anew from ${from}.${again}`,
    );
  }
  return {
    ...held(
      dialect,
      `somebody must decide what they are worth. Where they count, do the same on ${from}, and build ${on} anew; where they do not, build ${on} anew from ${from}. RESET with another gtid_purged would hide the difference, and keep it`,
    ),
    alternatives: source ? emptyOnSource(source, server, gtids) : [],
  };
};

const emptyOnSource = (source: Server, server: Server, gtids: GtidSet): Alternative[] => {
  const { dialect } = source;
  const on = serverName(source);
  if (!dialect?.abilities.changeOptions.includes('autoPosition') || gtids.count > BY_HAND)
    return [];
  const { statements } = dialect;
  const text = String(gtids);
  const steps: Step[] = [
    check(
      on,
      statements.missingGtids(text),
      `${text}; what is not in the answer has been executed by now, and needs nothing`,
      'only what the source lacks is committed there',
    ),
    ...each(gtids).map(
      (gtid): Step => ({
        kind: 'change',
        on,
        run: statements.commitEmpty(gtid),
        expect: null,
        risk: 'loses-data',
        because: `${on} counts ${gtid} as executed from then on, and will never fetch what it did`,
      }),
    ),
    {
      kind: 'change',
      on,
      run: statements.automaticGtids(),
      expect: null,
      risk: 'none',
      because: 'in the same session: it gives its GTIDs by itself again',
    },
    check(on, statements.missingGtids(text), 'an empty set', 'all of them are accounted for'),
  ];
  return [
    {
      title: `empty transactions on ${on} under the same GTIDs`,
      steps,
      costs: `failover works again, and the data stay different: what these transactions changed is on ${serverName(server)} alone, and on no server that is built or repaired from ${on}. Right for maintenance that changed no data (ANALYZE, FLUSH), or where the tables are local on purpose`,
    },
  ];
};

const each = (gtids: GtidSet): string[] =>
  gtids
    .ranges()
    .flatMap(({ uuid, tag, intervals }) =>
      intervals.flatMap(([start, end]) =>
        Array.from({ length: Number(end - start) }, (_, i) =>
          formatGtid({ uuid, tag, gno: start + BigInt(i) }),
        ),
      ),
    );

/** MariaDB cannot account for a transaction without its content. */
export const decideLocalWrites = ({ server, source, usesGtid }: MariadbLocalWrites): Fix | null => {
  const { dialect } = server;
  if (!dialect) return null;
  const on = serverName(server);
  const then = `do the same writes on ${serverName(source)}, or build ${on} anew from it; for writes that stay local give them a gtid_domain_id of their own, or SET sql_log_bin = 0`;
  return held(
    dialect,
    usesGtid
      ? `somebody must decide what they are worth: ${then}. Nobody is to replicate from ${on} by GTID before that`
      : `nothing has to be changed while positions decide. Before ${on} serves as a source by GTID, or reads by gtid_current_pos: ${then}`,
  );
};
