import { describe, expect, test } from 'vitest';
import type { DialectLine } from '../../src/dialects/index.ts';
import { dialectLines } from '../../src/dialects/index.ts';

const statementsOf = ({ statements, abilities }: DialectLine): string[] =>
  (abilities.namedChannels ? ['', 'west'] : ['']).flatMap((channel) => [
    statements.stopReplica(channel),
    statements.startReplica(channel),
    statements.startApplier(channel),
    statements.resetReplica(channel),
    statements.showReplicaStatus(channel),
    statements.changeSource(channel, { logFile: 'binlog.000003', logPos: 4 }),
    ...(abilities.changeOptions.includes('autoPosition')
      ? [statements.changeSource(channel, { autoPosition: true })]
      : []),
    ...(abilities.changeOptions.includes('useGtid')
      ? [statements.changeSource(channel, { useGtid: 'current_pos' })]
      : []),
    ...(abilities.changeOptions.includes('heartbeatPeriod')
      ? [statements.changeSource(channel, { ignoreServerIds: [103], heartbeatPeriod: 30 })]
      : []),
    statements.showSourceStatus(),
    statements.showBinaryLogs(),
  ]);

const namesOf = (pattern: RegExp): string[] =>
  dialectLines
    .filter((line) => statementsOf(line).some((text) => pattern.test(text)))
    .map(({ name }) => name);

describe('a line speaks in its own words only', () => {
  const newWords = ['mysql-8.0.23', 'mysql-8.2', 'mysql-8.3', 'mysql-8.4'];
  const oldWords = dialectLines.map(({ name }) => name).filter((name) => !newWords.includes(name));

  test('statements of old lines and of MariaDB know no REPLICA or SOURCE', () => {
    expect(namesOf(/replica|source/i)).toEqual(newWords);
  });

  test('statements of new lines know no SLAVE', () => {
    expect(namesOf(/slave/i)).toEqual(oldWords);
  });

  test('MASTER stays only where SHOW MASTER STATUS has no other name', () => {
    expect(namesOf(/master/i).filter((name) => newWords.includes(name))).toEqual(['mysql-8.0.23']);
  });

  test('the terms of new lines know no master or slave', () => {
    const lines = dialectLines.filter(
      ({ terms: { netTimeout: _variable, ...terms } }) =>
        !/master|slave/i.test(Object.values(terms).join()),
    );
    expect(lines.map(({ name }) => name)).toEqual(newWords);
  });

  test('columns are those of the status statement', () => {
    for (const line of dialectLines) {
      const isOld = line.statements.showReplicaStatus('').startsWith('SHOW SLAVE');
      expect(line.terms.secondsBehind, line.name).toBe(
        isOld ? 'Seconds_Behind_Master' : 'Seconds_Behind_Source',
      );
      expect(line.terms.receiverRunning, line.name).toBe(
        isOld ? 'Slave_IO_Running' : 'Replica_IO_Running',
      );
    }
  });

  test('who is who', () => {
    const who = dialectLines.map(({ name, terms: { source, replica, receiver, applier } }) =>
      [name, source, replica, receiver, applier].join(' · '),
    );
    expect(who).toEqual([
      'mysql-5.1 · master · slave · I/O thread · SQL thread',
      'mysql-5.5 · master · slave · I/O thread · SQL thread',
      'mysql-5.6 · master · slave · I/O thread · SQL thread',
      'mysql-5.7 · master · slave · I/O thread · SQL thread',
      'mysql-8.0 · master · slave · I/O thread · SQL thread',
      'mysql-8.0.23 · source · replica · receiver · applier',
      'mysql-8.2 · source · replica · receiver · applier',
      'mysql-8.3 · source · replica · receiver · applier',
      'mysql-8.4 · source · replica · receiver · applier',
      'mariadb-5.1 · master · slave · I/O thread · SQL thread',
      'mariadb-5.5 · master · slave · I/O thread · SQL thread',
      'mariadb-10.0 · master · slave · I/O thread · SQL thread',
      'mariadb-10.5 · primary · replica · I/O thread · SQL thread',
    ]);
  });
});
