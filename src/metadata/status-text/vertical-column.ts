import { columnKey } from './pasted-row.ts';

/** `name: value`, as `\G` prints every column on a line of its own. */
export interface VerticalColumn {
  readonly name: string;
  readonly key: string;
  readonly value: string;
  /** Where the colon stands: the client aligns all colons of a result. */
  readonly colon: number;
}

const COLUMN = /^([\s>|#*•·-]{0,200})([@A-Za-z][\w@.$]{0,79}):(?:\s(.*))?$/;

/** What a line can be taken for, whether or not any server has such a column. */
export const readColumn = (text: string): VerticalColumn | null => {
  const parts = COLUMN.exec(text);
  if (!parts) return null;
  const [, before = '', name = '', value = ''] = parts;
  return { name, key: columnKey(name), value, colon: before.length + name.length };
};

const ROW_HEADER = /^(.{0,80}?)\*{3,}\s*(\d{1,9})\. row\s*\*{3,}\s*$/;
/** Where Markdown has eaten the stars. */
const STARLESS_HEADER = /^([\s>|]{0,80})(\d{1,9})\. row\s*$/;
const LONGEST_HEADER = 200;

export interface RowHeader {
  readonly number: number;
  /** Marks of quotation, indentation: what stands before every line of the result. */
  readonly prefix: string;
}

/** `*************************** 1. row ***************************`. */
export const readRowHeader = (text: string): RowHeader | null => {
  if (text.length > LONGEST_HEADER || !text.includes('. row')) return null;
  const parts = ROW_HEADER.exec(text) ?? STARLESS_HEADER.exec(text);
  return parts ? { prefix: parts[1] ?? '', number: Number(parts[2]) } : null;
};

/** What a client, a shell or a page prints behind a result. */
const ENDS =
  /^\s*(?:\d+ rows? in set|Empty set|Query OK|Bye\b|ERROR \d+ \(|`{3}|~{3}|\{(?:code|noformat)|(?:mysql|mariadb)\b[^>]{0,80}>|={2,} |={4,}|[-_]{4,}\s*$|[$#] |\[?[\w.-]{1,64}@[\w.-]{1,64}[ :]|\+-)/i;

/** Whether a line (without marks of quotation) shows that the result before it has ended. */
export const endsResult = (text: string): boolean => ENDS.test(text.slice(0, 200));
