import type { InfoValue } from './info-value.ts';
import type { MetadataProblem } from './parsed.ts';
import type { TextLine } from './text-lines.ts';

/** A log name at the end of a path, `./relay-bin.000004`. */
export const endsInLogNumber = (text: string): boolean => /[^/\\]\.\d+$/.test(text);

const isNumber = (text: string | undefined): boolean => text !== undefined && /^\d+$/.test(text);
const isLogOrNone = (text: string | undefined): boolean =>
  text !== undefined && (text === '' || endsInLogNumber(text));

/** How the lines of an info file are numbered, told by line 1. */
export interface LineNumbering {
  readonly known: boolean;
  /** The number on line 1; null when it has none, or one that cannot be. */
  readonly count: number | null;
  /** Whether line 1 is (or ought to be) the count; otherwise line 1 is the first value. */
  readonly counted: boolean;
  readonly problem: string | null;
}

const UNKNOWN: LineNumbering = {
  known: false,
  count: null,
  counted: false,
  problem: 'is neither a line count nor a log name, so no line can be told from another',
};

/**
 * Tells the forms with and without a line count apart as the servers do (`init_master_info`,
 * `Relay_log_info::init`, `Info_file::load_from_file`): digits only and `least` or more are a count.
 * Where line 1 is neither that nor a log name, the next two lines show where the values begin: read
 * one line off, a password would be taken for something that may be shown. Where they do not, no
 * line is read.
 */
export const readNumbering = (lines: readonly TextLine[], least: number): LineNumbering => {
  const [first, second, third] = lines.map((line) => line.text);
  if (first === undefined) return { ...UNKNOWN, problem: 'the file is empty' };
  const count = isNumber(first) ? Number(first) : Number.NaN;
  if (count >= least && Number.isSafeInteger(count)) {
    return { known: true, count, counted: true, problem: null };
  }
  if (isLogOrNone(first) && (isNumber(second) || (first !== '' && second === undefined))) {
    return { known: true, count: null, counted: false, problem: null };
  }
  if (isNumber(third) && isLogOrNone(second)) {
    return {
      known: true,
      count: null,
      counted: true,
      problem: `is no line count of ${least} or more`,
    };
  }
  return UNKNOWN;
};

/**
 * The lines of an info file by the numbers that the counted form gives them, so that one table of
 * line numbers serves both forms. Lines past `last` do not exist: servers rewrite these files in
 * place and cut nothing off, so what follows is an older content's.
 */
export class NumberedLines<Field extends string> {
  /** Whether the file ends before the end of its last line. */
  readonly isCut: boolean;
  readonly #offsets = new Map<Field, number>();
  readonly #problems: MetadataProblem[] = [];
  readonly #lines: readonly TextLine[];
  readonly #shift: number;
  readonly #last: number;

  constructor(lines: readonly TextLine[], numbering: LineNumbering, last: number) {
    this.#lines = lines;
    this.#shift = numbering.counted ? 1 : 2;
    this.#last = last;
    if (numbering.problem !== null) this.report(0, 'lineCount', numbering.problem);
    const needed = last - this.#shift + 1;
    const whole = lines.filter((line) => line.terminated).length;
    this.isCut = whole < needed;
    if (!this.isCut) return;
    const problem =
      lines.length < needed
        ? `needs ${needed} lines, ${whole} are whole`
        : `line ${needed} has no newline, it may be cut`;
    this.report(lines.at(-1)?.end ?? 0, 'lines', problem);
  }

  /** Null past the last line, and where the file ends before or in the line. */
  line(number: number): TextLine | null {
    const line = this.raw(number);
    return line && (line.terminated || number === this.#last) ? line : null;
  }

  /** As {@link line}, with the line that the file ends in. */
  raw(number: number): TextLine | null {
    return number > this.#last ? null : (this.#lines[number - this.#shift] ?? null);
  }

  read<T>(field: Field, line: TextLine | null, as: InfoValue<T>): T | null {
    if (line === null) return null;
    this.#offsets.set(field, line.offset);
    const value = as.parse(line.text);
    if (value === null) this.report(line.offset, field, `is not ${as.expected}`);
    return value;
  }

  report(offset: number, field: string, problem: string): void {
    this.#problems.push({ offset, field, problem });
  }

  /** Byte offset of the line of each field that was there. */
  get offsets(): Readonly<Partial<Record<Field, number>>> {
    return Object.fromEntries(this.#offsets) as Partial<Record<Field, number>>;
  }

  /** In the file's order. */
  get problems(): readonly MetadataProblem[] {
    return this.#problems.toSorted((a, b) => a.offset - b.offset);
  }
}
