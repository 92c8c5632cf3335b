/** Columns of one row as a server gave them; null is NULL. */
export type OutputRow = Readonly<Record<string, string | number | null>>;

const text = (value: string | number | null): string => (value === null ? 'NULL' : String(value));

/** What the client prints for `\G` and `-E`: names right-aligned (`print_table_data_vertically`). */
export const vertical = (...rows: readonly OutputRow[]): string =>
  rows
    .map((row, index) => {
      const stars = '*'.repeat(27);
      const width = Math.max(...Object.keys(row).map((name) => name.length));
      const lines = Object.entries(row).map(
        ([name, value]) => `${name.padStart(width)}: ${text(value)}\n`,
      );
      return `${stars} ${index + 1}. row ${stars}\n${lines.join('')}`;
    })
    .join('');

/** What the client prints on a terminal: a box, numbers to the right. */
export const boxed = (...rows: readonly OutputRow[]): string => {
  const names = Object.keys(rows[0] ?? {});
  const widths = names.map((name) =>
    Math.max(name.length, ...rows.map((row) => text(row[name] ?? null).length)),
  );
  const border = `+${widths.map((width) => '-'.repeat(width + 2)).join('+')}+\n`;
  const line = (cells: readonly string[]): string => `|${cells.join('|')}|\n`;
  const cell = (value: string | number | null, width: number): string =>
    typeof value === 'number'
      ? ` ${text(value).padStart(width)} `
      : ` ${text(value).padEnd(width)} `;
  const head = line(names.map((name, at) => cell(name, widths[at] ?? 0)));
  const body = rows.map((row) =>
    line(names.map((name, at) => cell(row[name] ?? null, widths[at] ?? 0))),
  );
  return border + head + border + body.join('') + border;
};

/** What the client prints for `-B`: tabs, with what would end a cell or line escaped. */
export const tabbed = (...rows: readonly OutputRow[]): string => {
  const names = Object.keys(rows[0] ?? {});
  const cell = (value: string | number | null): string =>
    text(value).replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t');
  return [names, ...rows.map((row) => names.map((name) => cell(row[name] ?? null)))]
    .map((cells) => `${cells.join('\t')}\n`)
    .join('');
};

const eachLine = (content: string, change: (line: string) => string): string =>
  content
    .split('\n')
    .map((line, at, lines) => (at === lines.length - 1 && line === '' ? '' : change(line)))
    .join('\n');

export const prefixed = (content: string, prefix: string): string =>
  eachLine(content, (line) => `${prefix}${line}`);

/** As mail programs break lines: at the last blank before `width`, which goes. */
export const wrapped = (content: string, width: number): string =>
  eachLine(content, (line) => {
    const parts: string[] = [];
    let rest = line;
    while (rest.length > width) {
      const blank = rest.lastIndexOf(' ', width);
      const indent = rest.search(/\S/);
      const next = rest.indexOf(' ', Math.max(width, indent));
      const at = blank > indent ? blank : next;
      if (at < 0) break;
      parts.push(rest.slice(0, at));
      rest = rest.slice(at + 1);
    }
    return [...parts, rest].join('\n');
  });

/** As terminals break lines: after `width` columns, wherever that is. */
export const cutAt = (content: string, width: number): string =>
  eachLine(content, (line) => line.match(new RegExp(`.{1,${width}}`, 'g'))?.join('\n') ?? '');
