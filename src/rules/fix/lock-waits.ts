import { atLeast } from '../../dialects/server-version.ts';
import type { Server } from '../../evidence/evidence.ts';

/**
 * The statement that shows which transaction waits for which: the sys schema came with MySQL 5.7 and
 * MariaDB 10.6, the tables of InnoDB with MySQL 5.5 and MariaDB 5.2, and left MySQL with 8.0. Null
 * where the version is not known.
 */
export const lockWaits = ({ version }: Pick<Server, 'version'>): string | null => {
  if (!version) return null;
  if (version.flavor === 'mysql' && atLeast(version, 5, 7))
    return 'SELECT * FROM sys.innodb_lock_waits\\G';
  if (!atLeast(version, 5, 5)) return 'SHOW ENGINE INNODB STATUS\\G';
  return 'SELECT w.*, b.trx_mysql_thread_id, b.trx_query FROM information_schema.INNODB_LOCK_WAITS w JOIN information_schema.INNODB_TRX b ON b.trx_id = w.blocking_trx_id\\G';
};
