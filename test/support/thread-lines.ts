import type { Files } from './scan-bytes.ts';
import { vertical } from './status-output.ts';

/** An error log of MySQL 5.6, a line each: seconds since 10:00:00 and the message with its level. */
export const errorLog56 = (...lines: ReadonlyArray<readonly [number, string]>): string =>
  lines
    .map(([second, text]) => {
      const time = new Date(Date.UTC(2023, 10, 15, 10, 0, second)).toISOString();
      return `${time.slice(0, 10)} ${time.slice(11, 19)} 1746 ${text}\n`;
    })
    .join('');

/** The same of MySQL 9.7, whose lines state their zone. */
export const errorLog97 = (...lines: ReadonlyArray<readonly [number, string]>): string =>
  lines
    .map(([second, text]) => {
      const time = new Date(Date.UTC(2023, 10, 15, 10, 0, second)).toISOString();
      return `${time.slice(0, 19)}.000000Z 12 ${text}\n`;
    })
    .join('');

export const READY56: readonly [number, string] = [
  0,
  "[Note] /usr/sbin/mysqld: ready for connections.\nVersion: '5.6.24-log'  socket: '/tmp/s'  port: 3306  MySQL Community Server (GPL)",
];

export const CONNECTED =
  "[Note] Slave I/O thread: connected to master 'repl@db1:3306',replication started in log 'mysql-bin.000001' at position 120";

/** `SHOW SLAVE STATUS\G` of one channel. */
export const slaveStatus = (columns: Readonly<Record<string, string | number | null>>): string =>
  vertical({
    Slave_IO_State: 'Waiting for master to send event',
    Master_Host: 'db1',
    Master_User: 'repl',
    Master_Port: 3306,
    Connect_Retry: 60,
    Master_Log_File: 'mysql-bin.000001',
    Read_Master_Log_Pos: 700,
    Slave_IO_Running: 'Yes',
    Slave_SQL_Running: 'Yes',
    Last_IO_Errno: 0,
    Last_IO_Error: '',
    Last_SQL_Errno: 0,
    Last_SQL_Error: '',
    ...columns,
  });

/** One replica of which nothing but an error log, a status text or both are given. */
export const spoken = ({
  log,
  status,
}: {
  readonly log?: string;
  readonly status?: string;
}): Files => ({
  ...(log === undefined ? {} : { 'r/db.err': log }),
  ...(status === undefined ? {} : { 'r/show-slave-status.txt': status }),
});
