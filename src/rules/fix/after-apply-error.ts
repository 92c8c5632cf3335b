import type { Dialect } from '../../dialects/define-dialect.ts';
import { APPLY_CLASSES } from '../apply-classes.ts';
import type { FailedApply } from '../apply-error.ts';
import type { Alternative, Fix, Step } from '../finding.ts';
import { channelName, check, serverName, UNWRITABLE_NAME } from './steps.ts';
import { held } from './withheld.ts';

const GTID = /^[0-9a-f-]{36}:(?:[a-z_][a-z0-9_]{0,31}:)?\d+$/i;

/** Withheld: the error does not hold the rows. Skipping stands beside it, with what it costs. */
export const afterApplyError = (failed: FailedApply): Fix | null => {
  const { server, channel, class: type } = failed;
  const { dialect } = server;
  if (!dialect) return null;
  const name = channelName(dialect, server.channels.find((one) => one.name === channel) ?? null);
  if (name === null) return held(dialect, UNWRITABLE_NAME);
  return {
    ...held(
      dialect,
      type === 'unreadable'
        ? APPLY_CLASSES[type].repair
        : `the logs do not hold the rows of both sides: ${APPLY_CLASSES[type].repair}`,
    ),
    alternatives: type === 'unreadable' ? [] : [skipGroup(failed, dialect, name)],
  };
};

/** The counter where positions decide, an empty transaction where MySQL's GTIDs do. */
const skipGroup = ({ server, gtid }: FailedApply, dialect: Dialect, name: string): Alternative => {
  const { statements, terms, flavor } = dialect;
  const on = serverName(server);
  const change = (run: string, because: string): Step => ({
    kind: 'change',
    on,
    run,
    expect: null,
    risk: 'loses-data',
    because,
  });
  const byGtid = flavor === 'mysql' && server.gtids === 'on';
  const skip = byGtid
    ? gtid !== null && GTID.test(gtid)
      ? [
          change(
            `SET GTID_NEXT = '${gtid}'; BEGIN; COMMIT; SET GTID_NEXT = 'AUTOMATIC';`,
            'an empty transaction takes the place of the failing one',
          ),
        ]
      : []
    : [change(statements.skipTransaction(name), 'one whole group is passed by')];
  return {
    title:
      byGtid && skip.length === 0
        ? 'an empty transaction under the failing GTID, which the error does not name'
        : 'pass the group by',
    steps:
      skip.length === 0
        ? []
        : [
            check(
              on,
              statements.showReplicaStatus(name),
              `${terms.applierRunning} is No, with this error and no other`,
              'another error would be another group',
            ),
            ...skip,
            {
              kind: 'change',
              on,
              run: statements.startApplier(name),
              expect: null,
              risk: 'reversible',
              because: 'goes on behind it',
            },
          ],
    costs:
      'all of that transaction is missing on this replica from then on, without an error; what follows may fail over it, or silently differ',
  };
};
