import type { LiveServer } from './live-server.ts';
import { columnOf, statusOf } from './replica-status.ts';
import { until } from './until.ts';

const dumpThreadsOf = (source: LiveServer): readonly string[] =>
  source
    .sql("SELECT id FROM information_schema.processlist WHERE command LIKE 'Binlog Dump%'")
    .split('\n')
    .filter((id) => id !== '');

/** Breaks the connection of the only replica, and waits until it has come back. */
export const killDumpThread = async (source: LiveServer, replica: LiveServer): Promise<void> => {
  await until('a dump thread runs', () => dumpThreadsOf(source).length === 1);
  const [killed] = dumpThreadsOf(source);
  source.sql(`KILL ${killed}`);
  await until('the replica is back', () => {
    const now = dumpThreadsOf(source);
    return (
      now.length === 1 &&
      now[0] !== killed &&
      columnOf(statusOf(replica), 'Slave_IO_Running') === 'Yes'
    );
  });
};
