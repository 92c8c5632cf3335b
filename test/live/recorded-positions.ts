import { join } from 'node:path';
import { editLine } from './damage.ts';
import type { LiveServer } from './live-server.ts';

const FILES = { receiver: 'master.info', applier: 'relay-log.info' } as const;
const TABLES = {
  receiver: ['mysql.slave_master_info', 'Master_log_pos'],
  applier: ['mysql.slave_relay_log_info', 'Relay_log_pos'],
} as const;

/** Line 3 of relay-log.info and of master.info. */
const POSITION = 3;

/** What a server that is stopped has recorded of one of its threads is set to another place. */
export const moveRecorded = async (
  replica: LiveServer,
  thread: 'receiver' | 'applier',
  move: (position: number) => number,
): Promise<void> => {
  if (replica.driver.positionsIn === 'files') {
    editLine(join(replica.datadir, FILES[thread]), POSITION, (at) => String(move(Number(at))));
    return;
  }
  const [table, column] = TABLES[thread];
  await replica.start({ still: true });
  const position = Number(replica.sql(`SELECT ${column} FROM ${table}`));
  replica.sql(`SET sql_log_bin = 0; UPDATE ${table} SET ${column} = ${move(position)}`);
  // A stop in order would write back what the server has read at its start
  await replica.stop('SIGKILL');
};
