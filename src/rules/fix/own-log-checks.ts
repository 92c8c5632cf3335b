import type { Dialect } from '../../dialects/define-dialect.ts';
import type { Server } from '../../evidence/evidence.ts';
import type { Step } from '../finding.ts';
import { check } from './steps.ts';

/** The own binary log decides only while nothing was added to it since it was copied. */
export const ownLogChecks = (on: string, { statements }: Dialect, server: Server): Step[] => {
  const newest = server.binlogs.at(-1)?.files.at(-1);
  return [
    check(
      on,
      'SELECT @@global.sync_binlog;',
      'the value is 1; with any other the tables may hold more than the binary log after a power loss: if the first transaction to be read again is in the tables already, do not go on',
      'the position is taken from the replica’s own binary log',
    ),
    check(
      on,
      statements.showSourceStatus(),
      newest
        ? `${newest.name} and ${newest.facts.wholeUntil}, or a later log that holds nothing but its head: nothing was applied since these files were copied; if not, scan again with fresh copies`
        : 'the end of the binary log that was scanned',
      'the position is taken from the replica’s own binary log',
    ),
  ];
};
