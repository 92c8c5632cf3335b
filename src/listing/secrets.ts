import type { TableColumns } from '../binlog/values/column.ts';

export const MASK = '<masked>';

const SECRET_NAME = /pass(?:word|wd|phrase)?|pwd|secret|token|api_?key|private_?key|credential/i;

/** Is a variable of this name likely to hold a secret? */
export const isSecretName = (name: string): boolean => SECRET_NAME.test(name);

/** Tables of the `mysql` schema whose rows hold passwords or their hashes. */
const SECRET_TABLE = /^(?:user|global_priv|servers|slave_master_info|password_history)$/i;

/** Do the rows of this table hold the servers' own secrets? */
export const isSecretTable = (table: TableColumns | null): boolean =>
  table !== null && table.database.toLowerCase() === 'mysql' && SECRET_TABLE.test(table.table);
