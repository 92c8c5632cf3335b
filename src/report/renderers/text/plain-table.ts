import Table from 'cli-table3';

/** Columns between two columns of a table. */
export const GAP = 2;

/** Rows under heads, without any line; cells are made visible before. */
export const plainTable = (
  heads: readonly { readonly name: string; readonly right?: true }[],
  rows: readonly (readonly string[])[],
): string[] => {
  const out = new Table({
    head: heads.map(({ name }) => name),
    colAligns: heads.map(({ right }) => (right ? 'right' : 'left')),
    chars: {
      top: '',
      'top-mid': '',
      'top-left': '',
      'top-right': '',
      bottom: '',
      'bottom-mid': '',
      'bottom-left': '',
      'bottom-right': '',
      left: '',
      'left-mid': '',
      mid: '',
      'mid-mid': '',
      right: '',
      'right-mid': '',
      middle: '',
    },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': GAP },
  });
  out.push(...rows.map((row) => [...row]));
  return out
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
};
