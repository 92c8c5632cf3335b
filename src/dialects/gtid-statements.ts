import type { Abilities, Statements } from './define-dialect.ts';
import { quoteString } from './quote-string.ts';

/**
 * Statements about MySQL's GTIDs, in all lines that have auto position, which came with them (5.6), and
 * about MariaDB's, in those that have MASTER_USE_GTID (10.0).
 */
export const gtidStatements = ({
  changeOptions,
}: Pick<Abilities, 'changeOptions'>): Pick<
  Statements,
  'commitEmpty' | 'automaticGtids' | 'missingGtids' | 'goBehindGtid' | 'takeGtidsOutOfOrder'
> => {
  const write = (statement: string): string => {
    if (changeOptions.includes('autoPosition')) return statement;
    throw new RangeError('this server line has no MySQL GTIDs');
  };
  const onMariadb = (statement: string): string => {
    if (changeOptions.includes('useGtid')) return statement;
    throw new RangeError('this server line has no MariaDB GTIDs');
  };
  return {
    commitEmpty: (gtid) => write(`SET GTID_NEXT = ${quoteString(gtid)}; BEGIN; COMMIT;`),
    automaticGtids: () => write("SET GTID_NEXT = 'AUTOMATIC';"),
    missingGtids: (set) =>
      write(`SELECT GTID_SUBTRACT(${quoteString(set)}, @@GLOBAL.gtid_executed);`),
    takeGtidsOutOfOrder: () => onMariadb('SET GLOBAL gtid_strict_mode = 0;'),
    goBehindGtid: ({ domain, server, sequence }) =>
      onMariadb(
        `SET GLOBAL gtid_slave_pos = REGEXP_REPLACE(@@GLOBAL.gtid_slave_pos, '(?<![^,])${domain}-[0-9]+-[0-9]+', '${domain}-${server}-${sequence}');`,
      ),
  };
};
