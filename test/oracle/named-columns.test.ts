import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Column } from '../../src/binlog/values/column.ts';
import { COLUMN_TYPE } from '../../src/binlog/values/column-type.ts';
import type { Flavor } from '../../src/dialects/server-version.ts';
import type { ListedEvent } from '../../src/listing/listed-event.ts';
import { rowLines } from '../../src/listing/rows.ts';
import { visible } from '../../src/report/renderers/visible.ts';
import { storedLogs } from './logs.ts';
import { ourRowLines, readOurLog } from './our-log.ts';

/** Types that are said in words where the log has them. */
const WORDED: readonly number[] = [COLUMN_TYPE.ENUM, COLUMN_TYPE.SET];

/** A column that a printer knows no way to print: there it leaves the event. */
const GIVEN_UP = "=!! Don't know how to handle column";

/** What MySQL's printer writes for some bytes. */
const LETTERS: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
};

/** Character sets in which ASCII is not stored as itself. */
const WIDE: readonly string[] = ['ucs2', 'utf16', 'utf16le', 'utf32'];

const problem = (found: string): never => {
  throw new Error(found);
};

const columnAt = ({ table }: ListedEvent, line: string): Column | undefined => {
  const index = /^### {3}@(\d+)=/.exec(line)?.[1];
  return index === undefined ? undefined : table?.columns[Number(index) - 1];
};

/** A line as the printers write it, its column by name. */
const named = (line: string, { index, name }: Column): string =>
  name === null ? line : line.replaceAll(`@${index + 1}`, () => `\`${name}\``);

/** Other text is decoded from the column's character set; that is tested with the values. */
const isPlain = (line: string, { charset }: Column): boolean =>
  /^[\x20-\x7e]*$/.test(line) && !(line.includes('\\x') && WIDE.includes(charset ?? ''));

/** The bytes between the quotes of a printed string, in hex. */
const hexOf = (line: string, flavor: Flavor): string => {
  const text = /='(.*)' \/\* /.exec(line)?.[1] ?? '';
  const bytes = text.replaceAll(/\\x([0-9a-f]{2})|\\([btnfr'\\])/g, (all, hex, letter) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    return flavor === 'mysql' ? (LETTERS[letter] ?? letter) : all;
  });
  return Buffer.from(bytes, 'latin1').toString('hex');
};

const typeBehind = (line: string): string => /\/\* .* \*\/$/.exec(line)?.[0] ?? '';

interface Line {
  readonly shown: string | undefined;
  readonly expected: string;
}

/** The lines that `events --format sql -v` shows of an event, and what the printers' lines make of them. */
const linesOf = (listed: ListedEvent): readonly Line[] => {
  const shown = rowLines(listed, { verbose: true, raw: false }, problem);
  const flavor = listed.flavor ?? 'mysql';
  const printed = ourRowLines(listed, 'stored', { flavor, verbosity: 2 });
  return printed.flatMap((line, i): readonly Line[] => {
    const column = columnAt(listed, line);
    if (column === undefined) return [{ shown: shown[i], expected: visible(line) }];
    const inHex = /=X'([0-9a-f]*)' \/\* /.exec(shown[i] ?? '')?.[1];
    if (inHex !== undefined) return [{ shown: inHex, expected: hexOf(line, flavor) }];
    if (line.includes(GIVEN_UP) || !isPlain(line, column)) return [];
    if (!WORDED.includes(column.realType)) {
      return [{ shown: shown[i], expected: named(line, column) }];
    }
    return [{ shown: typeBehind(shown[i] ?? ''), expected: typeBehind(line) }];
  });
};

const withNames = storedLogs
  .map((log) => ({ ...log, events: readOurLog(log.path, readFileSync(log.path)).events }))
  .filter(({ events }) =>
    events.some(({ body, table }) => body?.type === 'rows' && table !== null),
  );

describe('rows are shown as the printers print them, with names for numbers', () => {
  test.each(withNames)('$name', ({ events }) => {
    const lines = events.flatMap(linesOf);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter(({ shown, expected }) => shown !== expected)).toEqual([]);
  });
});
