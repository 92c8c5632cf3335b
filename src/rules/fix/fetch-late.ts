import type { GtidGap } from '../../evidence/gtid-gaps.ts';
import type { Alternative, Fix, Step } from '../finding.ts';
import { channelName, check, copyAside, serverName, start, stop } from './steps.ts';
import { held } from './withheld.ts';

/** Later transactions ran without these: no statement makes that undone, and one may make up for it. */
export const fetchLate = (gap: GtidGap): Fix | null => {
  const { server, source, stillThere } = gap;
  const { dialect } = server;
  if (!dialect) return null;
  const on = serverName(server);
  const from = source ? serverName(source) : 'its source';
  const gone =
    stillThere === false
      ? `, and ${from} has purged the logs that hold them, at least in part`
      : '';
  return {
    ...held(
      dialect,
      `what was applied behind the hole ran on data without these transactions${gone}: compare the tables of ${on} with those of ${from}, and build ${on} anew where they differ`,
      [
        {
          text: `${on} still lacks them: its gtid_executed may hold what its logs do not show`,
          state: 'unknown',
        },
      ],
    ),
    alternatives: stillThere === false ? [] : late(gap),
  };
};

const late = ({ server, channel, missing, source }: GtidGap): Alternative[] => {
  const { dialect } = server;
  const name = dialect && channelName(dialect, channel);
  if (!dialect?.abilities.changeOptions.includes('autoPosition') || name == null) return [];
  const on = serverName(server);
  const { statements } = dialect;
  const text = String(missing);
  const change: Step[] = [
    copyAside(server, channel.relay?.base ?? null),
    {
      kind: 'change',
      on,
      run: statements.changeSource(name, { autoPosition: true }),
      expect: null,
      risk: 'rewrites-position',
      because:
        'deletes the relay logs; from then on the source sends all that is not in gtid_executed',
    },
  ];
  return [
    {
      title: `let ${source ? serverName(source) : 'the source'} send them by auto-position`,
      steps: [
        check(on, statements.missingGtids(text), text, 'they are still missing'),
        stop(on, dialect, name, ''),
        ...change,
        start(on, dialect, name, 'fetches what is missing, and goes on'),
        check(on, statements.missingGtids(text), 'an empty set', 'all of them have been executed'),
      ],
      costs:
        'they are applied late: where later transactions touched the same rows the applier stops (1062, 1032), or the older change overwrites the newer one; compare the tables afterwards',
    },
  ];
};
