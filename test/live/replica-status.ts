import type { LiveServer } from './live-server.ts';
import { until } from './until.ts';

type Status = Readonly<Record<string, string>>;

/** Columns of a replica's status as the server calls them; empty when it replicates from nobody. */
export const statusOf = (server: LiveServer, connection = ''): Status => {
  const text = server.show(`${server.words(connection).status}\\G`);
  const lines = text.split('\n').map((line) => /^\s*(\w+): ?(.*)$/.exec(line));
  return Object.fromEntries(lines.flatMap((parts) => (parts ? [[parts[1], parts[2]]] : [])));
};

/** By the name in the old words; MySQL 8.0.22 and later say source and replica. */
export const columnOf = (status: Status, name: string): string | undefined =>
  status[name] ?? status[name.replaceAll('Master', 'Source').replaceAll('Slave', 'Replica')];

export const isReplicating = (server: LiveServer, connection = ''): boolean => {
  const status = statusOf(server, connection);
  return ['Slave_IO_Running', 'Slave_SQL_Running'].every(
    (name) => columnOf(status, name) === 'Yes',
  );
};

/** Last errors of both threads; what stops with none is 0. */
export const errorsOf = (server: LiveServer): readonly [receiver: number, applier: number] => {
  const status = statusOf(server);
  return [
    Number(columnOf(status, 'Last_IO_Errno') ?? 0),
    Number(columnOf(status, 'Last_SQL_Errno') ?? 0),
  ];
};

const reaches = async (
  doing: string,
  [logColumn, positionColumn]: readonly [string, string],
  replica: LiveServer,
  source: LiveServer,
  connection: string,
): Promise<void> => {
  const { file, position } = source.position();
  await until(`server ${replica.id} has ${doing} ${file}:${position}`, () => {
    const status = statusOf(replica, connection);
    const log = columnOf(status, logColumn) ?? '';
    return log > file || (log === file && Number(columnOf(status, positionColumn)) >= position);
  });
};

/** Until the replica has executed all that its source has written. */
export const caughtUp = (replica: LiveServer, source: LiveServer, connection = ''): Promise<void> =>
  reaches(
    'executed',
    ['Relay_Master_Log_File', 'Exec_Master_Log_Pos'],
    replica,
    source,
    connection,
  );

/** Until it has stored all that its source has written, applied or not. */
export const received = (replica: LiveServer, source: LiveServer, connection = ''): Promise<void> =>
  reaches('received', ['Master_Log_File', 'Read_Master_Log_Pos'], replica, source, connection);
