/** A Markdown text as far as it matters who may write what: fences, and what stands outside of code. */
export interface Read {
  /** The lines of each fenced block. */
  readonly fences: readonly (readonly string[])[];
  /** The lines outside of fences. */
  readonly lines: readonly string[];
  /** The same with nothing where code spans were. */
  readonly bare: readonly string[];
}

/** CommonMark 6.1: a run of backticks is closed by the next run of the same length. */
const withoutSpans = (line: string): string => {
  let out = '';
  let rest = line;
  for (;;) {
    const open = /`+/.exec(rest);
    if (open === null) return out + rest;
    const [run] = open;
    const behind = rest.slice(open.index + run.length);
    const close = [...behind.matchAll(/`+/g)].find(([other]) => other.length === run.length);
    out += rest.slice(0, open.index);
    if (close === undefined) {
      out += run;
      rest = behind;
    } else rest = behind.slice(close.index + run.length);
  }
};

/** Reads fences as CommonMark 4.5 does. Throws when the last one is not closed. */
export const readMarkdown = (markdown: string): Read => {
  const fences: string[][] = [];
  const lines: string[] = [];
  let open: { readonly length: number; readonly lines: string[] } | null = null;
  for (const line of markdown.split(/\r\n|\r|\n/)) {
    if (open === null) {
      const length = /^ {0,3}(`{3,})[^`]*$/.exec(line)?.[1]?.length;
      if (length === undefined) lines.push(line);
      else open = { length, lines: [] };
    } else if ((/^ {0,3}(`{3,}) *$/.exec(line)?.[1]?.length ?? 0) >= open.length) {
      fences.push(open.lines);
      open = null;
    } else open.lines.push(line);
  }
  if (open !== null) throw new Error(`a fence is not closed:\n${open.lines.join('\n')}`);
  return { fences, lines, bare: lines.map(withoutSpans) };
};
