/** Columns of `\G` output, and all cells of a table, as text. */
interface Output {
  readonly columns: ReadonlyMap<string, string>;
  readonly cells: readonly string[];
}

const read = (output: string): Output => ({
  columns: new Map(
    output.split('\n').flatMap((line) => {
      const parts = /^\s*(\w+): ?(.*)$/.exec(line);
      return parts ? [[String(parts[1]), String(parts[2]).trim()] as const] : [];
    }),
  ),
  cells: output.split('\n').flatMap((line) => line.split('\t').map((cell) => cell.trim())),
});

type Judge = (output: Output, parts: readonly string[]) => boolean;

const numbers = (text: string | undefined): string => (text ?? '').replaceAll(/\s/g, '');

const equal: Judge = ({ columns }, [a = '', b = '']) =>
  columns.has(a) && columns.get(a) === columns.get(b);

/**
 * What the checks of plans expect, clause by clause; `null` where only time or a person can tell, which
 * the scenario judges at the end. Each pattern begins where the one before ended.
 */
const CLAUSES: readonly (readonly [RegExp, Judge | null])[] = [
  [
    /^(\w+) and (\w+) are Yes/,
    ({ columns }, [a = '', b = '']) => columns.get(a) === 'Yes' && columns.get(b) === 'Yes',
  ],
  [
    /^(\w+) and (\w+) equal (\w+) and (\w+)/,
    (output, [a = '', b = '', c = '', d = '']) => equal(output, [a, c]) && equal(output, [b, d]),
  ],
  [
    /^(\w+) and (\w+): note them, the CHANGE needs them as FILE and POSITION/,
    ({ columns }, parts) => parts.every((name) => (columns.get(name) ?? '0').length > 1),
  ],
  [/^(\w+) (?:still equals|reaches) (\w+)/, equal],
  [/^(\w+) grows/, null],
  [/^the end of the relay logs/, null],
  [/^the same file and position twice.*/, null],
  [/^the copies are there/, null],
  [/^the row that was written here/, ({ columns }) => columns.size > 0],
  [/^the log that \w+ names on the \w+ is listed/, null],
  [/^no line has server id (\d+)/, ({ cells }, [id = '']) => !cells.includes(id)],
  [/^the value is (\w+)/, ({ cells }, [value = '']) => cells.includes(value)],
  [
    /^(\w+) is Yes, Connecting or No: .*/,
    ({ columns }, [name = '']) => ['Yes', 'Connecting', 'No'].includes(columns.get(name) ?? ''),
  ],
  [/^(\w+) is empty/, ({ columns }, [name = '']) => columns.get(name) === ''],
  [/^(\S+) is listed/, ({ cells }, [name = '']) => cells.includes(name)],
  [
    /^(\w+) is (\d+(?:, \d+)*|[\w.-]+)/,
    ({ columns }, [name = '', value]) => numbers(columns.get(name)) === numbers(value),
  ],
  [
    /^(\S+\.\d+) with a size of (\d+), followed by (\S+\.\d+)/,
    ({ cells }, parts) => parts.every((part) => cells.includes(part)),
  ],
  [/^(\S+\.\d+) and (\d+)/, ({ cells }, parts) => parts.every((part) => cells.includes(part))],
];

const BETWEEN = /^(?:, and |, | and )/;

/**
 * Does the output of a check show what its text expects? What follows a semicolon or "or" says what
 * else may be, or what to do otherwise. Throws for a clause that it does not know: a plan that nobody
 * can hold against a server proves nothing.
 */
export const meets = (expected: string, output: string): boolean => {
  const seen = read(output);
  let rest = expected.split(/;|, or /)[0] ?? '';
  let holds = true;
  while (rest !== '') {
    const found = CLAUSES.map(([pattern, judge]) => ({ parts: pattern.exec(rest), judge })).find(
      ({ parts }) => parts !== null,
    );
    if (!found?.parts) throw new Error(`no way to judge "${rest}" of "${expected}"`);
    const [all, ...parts] = found.parts;
    if (found.judge && !found.judge(seen, parts)) holds = false;
    rest = rest.slice(all.length).replace(BETWEEN, '');
  }
  return holds;
};
