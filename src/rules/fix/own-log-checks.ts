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
      'the value is 1; with any other the tables may hold more than the binary log after a power loss: compare the newest rows first',
      'the position is taken from the replica’s own binary log',
    ),
    check(
      on,
      statements.showSourceStatus(),
      newest
        ? `${newest.name} and ${newest.facts.wholeUntil}, or the start of a later log: nothing was applied since these files were copied; if not, scan again with fresh copies`
        : 'the end of the binary log that was scanned',
      'the position is taken from the replica’s own binary log',
    ),
  ];
};
