import { describe, expect, test } from 'vitest';
import type { ChangeOption, ChangeOptions } from '../../src/dialects/index.ts';
import { dialectLines } from '../../src/dialects/index.ts';

const yes = (is: boolean): string => (is ? 'yes' : '-');

test('abilities of every line', () => {
  const rows = dialectLines.map(({ name, abilities: can }) =>
    [
      name.padEnd(12),
      yes(can.namedChannels).padEnd(8),
      yes(can.ignoreServerIds).padEnd(6),
      yes(can.ignoreServerIdsUnderGtid).padEnd(9),
      yes(can.heartbeatReset).padEnd(9),
      (can.statusFiles ? (can.statusFilesByDefault ? 'default' : 'option') : '-').padEnd(7),
      yes(can.multiThreadedApplier).padEnd(3),
      can.formatDescriptionCountsAsLag,
    ].join(' '),
  );
  expect([
    'line         channels ignore with-gtid hb-reset  files   mts FDE-is-lag',
    ...rows,
  ]).toEqual([
    'line         channels ignore with-gtid hb-reset  files   mts FDE-is-lag',
    'mysql-5.1    -        -      -         -         default -   until-next-group',
    'mysql-5.5    -        yes    yes       yes       default -   until-next-group',
    'mysql-5.6    -        yes    yes       -         default yes never',
    'mysql-5.7    yes      yes    yes       -         default yes never',
    'mysql-8.0    yes      yes    yes       -         option  yes never',
    'mysql-8.0.23 yes      yes    yes       -         option  yes never',
    'mysql-8.2    yes      yes    yes       -         option  yes never',
    'mysql-8.3    yes      yes    yes       -         -       yes never',
    'mysql-8.4    yes      yes    -         -         -       yes never',
    'mariadb-5.1  -        -      -         -         default -   until-next-group',
    'mariadb-5.5  -        yes    yes       yes       default -   until-next-group',
    'mariadb-10.0 yes      yes    yes       yes       default yes serial-applier-until-next-event',
    'mariadb-10.5 yes      yes    yes       yes       default yes serial-applier-until-next-event',
  ]);
});

test('CHANGE options of every line', () => {
  const rows = dialectLines.map(({ name, abilities }) => [name, abilities.changeOptions.join(' ')]);
  expect(rows).toEqual([
    ['mysql-5.1', 'logFile logPos relayLogFile relayLogPos'],
    ['mysql-5.5', 'logFile logPos relayLogFile relayLogPos ignoreServerIds heartbeatPeriod'],
    [
      'mysql-5.6',
      'logFile logPos relayLogFile relayLogPos autoPosition ignoreServerIds heartbeatPeriod',
    ],
    [
      'mysql-5.7',
      'logFile logPos relayLogFile relayLogPos autoPosition ignoreServerIds heartbeatPeriod',
    ],
    [
      'mysql-8.0',
      'logFile logPos relayLogFile relayLogPos autoPosition ignoreServerIds heartbeatPeriod requestPublicKey',
    ],
    [
      'mysql-8.0.23',
      'logFile logPos relayLogFile relayLogPos autoPosition ignoreServerIds heartbeatPeriod requestPublicKey',
    ],
    [
      'mysql-8.2',
      'logFile logPos relayLogFile relayLogPos autoPosition ignoreServerIds heartbeatPeriod requestPublicKey',
    ],
    [
      'mysql-8.3',
      'logFile logPos relayLogFile relayLogPos autoPosition ignoreServerIds heartbeatPeriod requestPublicKey',
    ],
    [
      'mysql-8.4',
      'logFile logPos relayLogFile relayLogPos autoPosition ignoreServerIds heartbeatPeriod requestPublicKey',
    ],
    ['mariadb-5.1', 'logFile logPos relayLogFile relayLogPos'],
    ['mariadb-5.5', 'logFile logPos relayLogFile relayLogPos ignoreServerIds heartbeatPeriod'],
    [
      'mariadb-10.0',
      'logFile logPos relayLogFile relayLogPos useGtid ignoreServerIds heartbeatPeriod',
    ],
    [
      'mariadb-10.5',
      'logFile logPos relayLogFile relayLogPos useGtid ignoreServerIds heartbeatPeriod',
    ],
  ]);
});

const samples = {
  logFile: { logFile: 'binlog.000003', logPos: 4 },
  logPos: { logFile: 'binlog.000003', logPos: 4 },
  relayLogFile: { relayLogFile: 'relay-bin.000002', relayLogPos: 4 },
  relayLogPos: { relayLogFile: 'relay-bin.000002', relayLogPos: 4 },
  autoPosition: { autoPosition: true },
  useGtid: { useGtid: 'slave_pos' },
  ignoreServerIds: { ignoreServerIds: [103] },
  heartbeatPeriod: { heartbeatPeriod: 30 },
  requestPublicKey: { requestPublicKey: true },
} satisfies Record<ChangeOption, ChangeOptions>;

describe.each(dialectLines)('$name', ({ abilities, statements }) => {
  test('changeSource takes exactly the options that the line has', () => {
    for (const [option, options] of Object.entries(samples)) {
      const change = () => statements.changeSource('', options);
      if (abilities.changeOptions.some((known) => known === option)) {
        expect(change, option).not.toThrow();
      } else {
        expect(change, option).toThrow(
          new RangeError(`CHANGE of the source: this server line has no ${option}`),
        );
      }
    }
  });

  test('abilities do not contradict each other', () => {
    expect(abilities.changeOptions.includes('ignoreServerIds')).toBe(abilities.ignoreServerIds);
    if (abilities.ignoreServerIdsUnderGtid) expect(abilities.ignoreServerIds).toBe(true);
    if (abilities.heartbeatReset) expect(abilities.changeOptions).toContain('heartbeatPeriod');
    if (abilities.statusFilesByDefault) expect(abilities.statusFiles).toBe(true);
  });

  test('a channel name is refused where there are none', () => {
    const stop = () => statements.stopReplica('west');
    if (abilities.namedChannels) expect(stop()).toContain("'west'");
    else expect(stop).toThrow(RangeError);
  });
});
