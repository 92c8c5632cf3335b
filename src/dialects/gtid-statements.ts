import type { Abilities, Statements } from './define-dialect.ts';
import { quoteString } from './quote-string.ts';

/** Statements about MySQL's GTIDs, in all lines that have auto position, which came with them (5.6). */
export const gtidStatements = ({
  changeOptions,
}: Pick<Abilities, 'changeOptions'>): Pick<
  Statements,
  'commitEmpty' | 'automaticGtids' | 'missingGtids'
> => {
  const write = (statement: string): string => {
    if (changeOptions.includes('autoPosition')) return statement;
    throw new RangeError('this server line has no MySQL GTIDs');
  };
  return {
    commitEmpty: (gtid) => write(`SET GTID_NEXT = ${quoteString(gtid)}; BEGIN; COMMIT;`),
    automaticGtids: () => write("SET GTID_NEXT = 'AUTOMATIC';"),
    missingGtids: (set) =>
      write(`SELECT GTID_SUBTRACT(${quoteString(set)}, @@GLOBAL.gtid_executed);`),
  };
};
