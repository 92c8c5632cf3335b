import type { FieldReader } from '../../bytes/field-reader.ts';
import type { FlagTable } from '../flag-names.ts';

/** Bits of `optFlags`. Source: MySQL 5.1 sql/log_event.h `DUMPFILE_FLAG` and those after it. */
export const LOAD_OPT_FLAGS: FlagTable = [
  [0x1, 'DUMPFILE_FLAG'],
  [0x2, 'OPT_ENCLOSED_FLAG'],
  [0x4, 'REPLACE_FLAG'],
  [0x8, 'IGNORE_FLAG'],
];

/** Bit of `empty_flags` of each delimiter, in the order in which they stand. */
const EMPTY = [0x1, 0x2, 0x4, 0x8, 0x10] as const;

/** The fixed part of the events that hold a LOAD DATA statement of servers before 5.0.3. */
export interface LoadPostHeader {
  readonly threadId: number;
  /** Seconds from the statement's start to its logging. */
  readonly execTime: number;
  /** IGNORE n LINES. */
  readonly skipLines: number;
  readonly tableLength: number;
  readonly databaseLength: number;
  readonly fieldCount: number;
}

/** How the lines and fields of the loaded file are told apart. */
export interface LoadFormat {
  readonly fieldsTerminatedBy: string;
  readonly fieldsEnclosedBy: string;
  readonly linesTerminatedBy: string;
  readonly linesStartingBy: string;
  readonly fieldsEscapedBy: string;
  /** Bits of {@link LOAD_OPT_FLAGS}. */
  readonly optFlags: number;
}

/** The statement: format, and the names up to that of the database. */
export interface LoadStatement extends LoadFormat {
  /** Columns named in the statement, in its order; none: all. */
  readonly fields: readonly string[];
  readonly table: string;
  readonly database: string;
}

export const readLoadPostHeader = (f: FieldReader): LoadPostHeader => ({
  threadId: f.u32('thread_id'),
  execTime: f.u32('exec_time'),
  skipLines: f.u32('skip_lines'),
  tableLength: f.u8('table_name_len'),
  databaseLength: f.u8('db_len'),
  fieldCount: f.u32('num_fields'),
});

type Delimiters = readonly [string, string, string, string, string];

const format = (
  [fieldTerm, enclosed, lineTerm, lineStart, escaped]: Delimiters,
  optFlags: number,
) => ({
  fieldsTerminatedBy: fieldTerm,
  fieldsEnclosedBy: enclosed,
  linesTerminatedBy: lineTerm,
  linesStartingBy: lineStart,
  fieldsEscapedBy: escaped,
  optFlags,
});

/** One byte each, and a byte of flags that says which of them are empty: 3.23. */
const readOldFormat = (f: FieldReader): LoadFormat => {
  const characters = [
    f.text('field_term', 1),
    f.text('enclosed', 1),
    f.text('line_term', 1),
    f.text('line_start', 1),
    f.text('escaped', 1),
  ] as const;
  const optFlags = f.u8('opt_flags');
  const empty = f.u8('empty_flags');
  const kept = (i: 0 | 1 | 2 | 3 | 4): string => (empty & EMPTY[i] ? '' : characters[i]);
  return format([kept(0), kept(1), kept(2), kept(3), kept(4)], optFlags);
};

/** Strings of any length, each behind a byte that tells it: 4.0 and later. */
const readNewFormat = (f: FieldReader): LoadFormat => {
  const text = (name: string): string => f.text(name, f.u8(`${name}_len`));
  const delimiters = [
    text('field_term'),
    text('enclosed'),
    text('line_term'),
    text('line_start'),
    text('escaped'),
  ] as const;
  return format(delimiters, f.u8('opt_flags'));
};

/**
 * What follows the post-header(s): format, lengths of the columns' names, their names, table, database,
 * each with a NUL behind it.
 * Source: MySQL 5.1 sql/log_event.cc `Load_log_event::copy_log_event`, `sql_ex_info::init`.
 */
export const readLoadStatement = (
  f: FieldReader,
  head: LoadPostHeader,
  layout: 'old' | 'new',
): LoadStatement => {
  const loadFormat = layout === 'old' ? readOldFormat(f) : readNewFormat(f);
  const lengths = f.bytes('field_lens', head.fieldCount);
  const fields = Array.from(lengths, (length) => f.textNul('field', length));
  const table = f.textNul('table_name', head.tableLength);
  const database = f.textNul('db', head.databaseLength);
  return { ...loadFormat, fields, table, database };
};
