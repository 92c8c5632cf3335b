import type { TextLine } from '../text-lines.ts';
import { gtids } from './cell-value.ts';
import type { PastedRow } from './pasted-row.ts';
import type { PastedTable } from './pasted-table.ts';
import { gtidSlavePos } from './sections/gtid-slave-pos.ts';
import { GTID_VARIABLES, gtidValues } from './sections/gtid-values.ts';
import { type AnySection } from './sections/index.ts';
import { variables } from './sections/variables.ts';
import { rowOf } from './tabbed-table.ts';

const COLUMNS_OF_GTID_SLAVE_POS = ['domain_id', 'sub_id', 'server_id', 'seq_no'];
const COLUMNS_OF_VARIABLES = ['Variable_name', 'Value'];

const table = (
  section: AnySection,
  rows: readonly PastedRow[],
  lines: readonly TextLine[],
): PastedTable => ({ section, form: 'bare', rows, problems: [], next: lines.length });

/** Every line, blank ones apart, as a row of `names`; null when one is none. */
const rowsOf = (
  lines: readonly TextLine[],
  names: readonly string[],
  line: RegExp,
): PastedRow[] | null => {
  const filled = lines.filter(({ text }) => text.trim() !== '');
  if (filled.length === 0 || !filled.every(({ text }) => line.test(text))) return null;
  return filled.map((one) => rowOf(one, names, one.text.split('\t')));
};

/**
 * Reads a file that holds values without the names of their columns (`mysql -N`): only its own name
 * says what they are, and only where all of it is such values.
 */
export const readBareValues = (
  lines: readonly TextLine[],
  fileName: string,
): PastedTable | null => {
  const named = fileName.toLowerCase().replaceAll('-', '_');
  const variable = Object.values(GTID_VARIABLES).find((name) => named.includes(name));
  if (variable === GTID_VARIABLES.gtidSlavePos) {
    const rows = rowsOf(lines, COLUMNS_OF_GTID_SLAVE_POS, /^\d+\t\d+\t\d+\t\d+$/);
    if (rows) return table(gtidSlavePos, rows, lines);
  }
  const [first] = lines.filter(({ text }) => text.trim() !== '');
  if (variable && first) {
    const text = lines.map((line) => line.text.trim()).join('');
    const row = rowOf(
      { ...first, terminated: lines.at(-1)?.terminated ?? true },
      [variable],
      [text],
    );
    return gtids.parse(text) === null ? null : table(gtidValues, [row], lines);
  }
  if (!named.includes('variables')) return null;
  const rows = rowsOf(lines, COLUMNS_OF_VARIABLES, /^[a-z]\w*(?:\.\w+)?\t[^\t]*$/);
  return rows && table(variables, rows, lines);
};
