import { splitLines, type TextLine } from '../text-lines.ts';
import { knownSetting } from './known-settings.ts';

/** One row of a table of variables. */
export interface VariableRow {
  readonly name: string;
  readonly value: string;
  /** Byte offset of its line. */
  readonly offset: number;
}

/** A form in which clients and servers print their variables. */
export interface VariableForm {
  readonly name: string;
  /** Where it begins among the lines: the first row's index; -1 when it is not there. */
  begin(lines: readonly string[]): number;
  /** A row of it; null for lines between, before and behind. */
  row(line: string): Omit<VariableRow, 'offset'> | null;
}

const NAME = /^[a-z][\w-]{1,80}$/i;

const cell = (
  name: string | undefined,
  value: string | undefined,
): Omit<VariableRow, 'offset'> | null =>
  name !== undefined && NAME.test(name.trim())
    ? { name: name.trim(), value: (value ?? '').trim() }
    : null;

/** Behind the line with the columns' names, of SHOW VARIABLES or a `global_variables` table. */
const behind = (lines: readonly string[], header: RegExp): number =>
  lines.findIndex((line) => header.test(line)) + 1 || -1;

const boxed: VariableForm = {
  name: 'boxed',
  begin: (lines) => behind(lines, /^\|\s*variable_name\s*\|\s*(?:variable_)?value\s*\|\s*$/i),
  row: (line) => {
    const [, name, value] = /^\|\s*([^|\s]+)\s*\|(.*)\|\s*$/.exec(line) ?? [];
    return cell(name, value);
  },
};

const tabbed: VariableForm = {
  name: 'tab-separated',
  begin: (lines) => behind(lines, /^variable_name\t(?:variable_)?value\s*$/i),
  row: (line) => {
    const tab = line.indexOf('\t');
    return tab < 0 ? null : cell(line.slice(0, tab), line.slice(tab + 1));
  },
};

/** `mysqld --verbose --help`: names with dashes, a blank and more before the value. */
const help: VariableForm = {
  name: 'help',
  begin: (lines) => {
    const at = lines.findIndex((line) =>
      /^and boolean options .*Value \(after reading options\)/.test(line),
    );
    return at < 0 ? -1 : at + 2;
  },
  row: (line) => {
    const [, name, value] = /^([a-z][\w-]+)\s+(\S.*)$/.exec(line) ?? [];
    return cell(name, value);
  },
};

/** Rows of known settings without a header, as `mysql -N` prints them: so many make a table. */
const LEAST_KNOWN = 5;

const headless: VariableForm = {
  name: 'tab-separated, without header',
  begin: (lines) => {
    const rows = lines.filter((line) => line !== '');
    if (!rows.every((line) => tabbed.row(line) !== null)) return -1;
    const known = rows.filter((line) => knownSetting(tabbed.row(line)?.name ?? '') !== null);
    return known.length >= LEAST_KNOWN ? 0 : -1;
  },
  row: (line) => tabbed.row(line),
};

/** One line a form, the most telling first. */
const forms: readonly VariableForm[] = [boxed, tabbed, help, headless];

/** The form of these lines, and where its rows begin; null when they are no table of variables. */
export const variableForm = (
  lines: readonly string[],
): { readonly form: VariableForm; readonly from: number } | null => {
  for (const form of forms) {
    const from = form.begin(lines);
    if (from >= 0) return { form, from };
  }
  return null;
};

const VERTICAL_NAME = /^\s*variable_name: (.*)$/i;
const VERTICAL_VALUE = /^\s*(?:variable_)?value: ?(.*)$/i;

/** `SHOW VARIABLES\G`: a name, then its value, a line each. */
const verticalRows = (lines: readonly TextLine[]): VariableRow[] => {
  const rows: VariableRow[] = [];
  for (const [at, line] of lines.entries()) {
    const name = VERTICAL_NAME.exec(line.text)?.[1];
    const value = VERTICAL_VALUE.exec(lines[at + 1]?.text ?? '')?.[1];
    const found = value === undefined ? null : cell(name, value);
    if (found) rows.push({ ...found, offset: line.offset });
  }
  return rows;
};

/** Whether these lines are variables printed one below the other. */
export const isVertical = (lines: readonly string[]): boolean =>
  /^\*{5,} 1\. row \*{5,}$/.test(lines.find((line) => line.trim() !== '') ?? '') &&
  lines.slice(0, 4).some((line) => VERTICAL_NAME.test(line));

/** The rows of a table of variables in any form, in their order; empty when it is none. */
export const readVariables = (bytes: Buffer): VariableRow[] => {
  const lines = splitLines(bytes);
  const texts = lines.map((line) => line.text);
  if (isVertical(texts)) return verticalRows(lines);
  const found = variableForm(texts);
  if (!found) return [];
  return lines.slice(found.from).flatMap(({ text, offset }) => {
    const row = found.form.row(text);
    return row ? [{ ...row, offset }] : [];
  });
};
