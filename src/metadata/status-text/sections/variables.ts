import { name, words } from '../cell-value.ts';
import { column, defineSection, type RowFrame } from '../define-section.ts';

const COLUMNS = {
  name: column(name, 'Variable_name'),
  value: column(words, 'Value'),
} as const;

/** One variable, or one counter of `SHOW STATUS`. */
export interface Variable extends RowFrame<keyof typeof COLUMNS> {
  readonly name: string | null;
  /** Null also where it may hold a secret. */
  readonly value: string | null;
}

/** `report_password`, `wsrep_sst_auth` and the like. */
const SECRET = /passw|secret|_auth\b|wsrep_provider_options/i;

/** `SHOW VARIABLES` and `SHOW STATUS`, which have the same columns. */
export const variables = defineSection({
  kind: 'variables',
  columns: COLUMNS,
  recognises: (has) => has('Variable_name', 'Value'),
  complete: (row): Variable => (SECRET.test(row.name ?? '') ? { ...row, value: null } : row),
});
