import Table from 'cli-table3';

export interface PlainColumn {
  readonly name: string;
  readonly right?: true;
}

/** Blanks between two columns. */
export const COLUMN_GAP = 2;

const RULES =
  'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left left-mid mid mid-mid right right-mid middle';

const NO_RULES = Object.fromEntries(RULES.split(' ').map((part) => [part, '']));

/** A table without rules as lines: names of the columns first. Cells may be painted. */
export const plainTable = (
  columns: readonly PlainColumn[],
  rows: readonly (readonly string[])[],
): string[] => {
  const table = new Table({
    head: columns.map(({ name }) => name),
    colAligns: columns.map(({ right }) => (right ? 'right' : 'left')),
    chars: NO_RULES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': COLUMN_GAP },
  });
  for (const row of rows) table.push([...row]);
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
};
