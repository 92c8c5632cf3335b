import { visible } from '../../report/renderers/visible.ts';
import { eventSummary } from '../event-summary.ts';
import type { ListedEvent } from '../listed-event.ts';
import { rowLines } from '../rows.ts';
import { shownFields, traceLine } from '../trace-lines.ts';
import { utc } from '../utc.ts';
import { damageText } from './damage-line.ts';
import type { DefineFormat } from './define-format.ts';

/** Statements are cut here: a line each, for the eye. */
const STATEMENT_COLUMNS = 160;

const HEADINGS = ['OFFSET', 'ENDS AT (LOG)', 'TIME (UTC)', 'SERVER', 'SIZE', 'TYPE', 'WHAT'];
/** Left-aligned where negative; what is longer pushes the rest aside. */
const WIDTHS = [10, -22, -19, 6, 6, -19, 0];

const line = (cells: readonly string[]): string => {
  const padded = cells.map((cell, i) => {
    const width = WIDTHS[i] ?? 0;
    return width < 0 ? cell.padEnd(-width) : cell.padStart(width);
  });
  return `${padded.join('  ').trimEnd()}\n`;
};

/** A line an event; `--rows` and `--trace` add lines under it. */
export const table: DefineFormat = (options, onProblem) => ({
  head: (path) => `# ${visible(path)}\n${line(HEADINGS)}`,
  event: (listed) => {
    const { event, innerOffset } = listed;
    const what = visible([eventSummary(listed), statementText(listed)].filter(Boolean).join(': '));
    const lines = [
      line([
        innerOffset === null ? String(event.offset) : `+${innerOffset}`,
        place(listed),
        event.timestamp === 0 ? '-' : utc(event.timestamp),
        String(event.serverId),
        String(event.size),
        event.type,
        what,
      ]),
    ];
    if (options.trace) lines.push(...traceLines(listed));
    if (options.rows)
      lines.push(...rowLines(listed, options, onProblem).map((row) => `    ${row}\n`));
    return lines.join('');
  },
  damage: (path, damage) => `!! ${visible(damageText(path, damage))}\n`,
});

/** Where the event ends, in the log of the server that wrote it. */
const place = ({ isRelay, log, end }: ListedEvent): string => {
  if (end === null) return '-';
  return isRelay ? `${visible(log ?? '?')}:${end}` : String(end);
};

const statementText = ({ statement }: ListedEvent): string => {
  if (statement === null) return '';
  const flat = statement.slice(0, STATEMENT_COLUMNS * 4).replaceAll(/\s+/g, ' ');
  return flat.length > STATEMENT_COLUMNS ? `${flat.slice(0, STATEMENT_COLUMNS)}…` : flat;
};

const traceLines = (listed: ListedEvent): string[] =>
  shownFields(listed).map((field) => `    ${traceLine(field)}\n`);
