import type { EvidenceEntry } from '../../../rules/finding.ts';
import { visible } from '../visible.ts';
import { columnsBehind, INDENT, type Page } from './page.ts';
import { count } from './words.ts';
import { columns, wrap } from './wrap.ts';

/** Places shown a finding; the JSON has all of them. */
const PLACES = 5;
/** Lines of a statement shown; the JSON has the whole text. */
const TEXT_LINES = 3;

/** What is known of the event at a place, most telling first. */
const particulars = (at: EvidenceEntry): string =>
  [
    at.eventType,
    at.serverId === null ? null : `server ${at.serverId}`,
    at.timestamp,
    at.source === null ? null : `source ${at.source.file}:${at.source.position}`,
    at.gtid === null ? null : `GTID ${at.gtid}`,
    at.field === null ? null : `field ${at.field}`,
  ]
    .filter((part) => part !== null)
    .join(', ');

const excerpt = (text: string, width: number): string[] => {
  const lines = wrap(text, width);
  if (lines.length <= TEXT_LINES) return lines;
  const shown = lines.slice(0, TEXT_LINES - 1);
  const rest = visible(text).length - shown.join(' ').length;
  return [...shown, `… ${count(rest)} more characters`];
};

/** One place: `path@offset` whole on its line, however long, for `xxd -s` and `mysqlbinlog`. */
const place = (page: Page, at: EvidenceEntry, before: EvidenceEntry | undefined): string[] => {
  const width = columnsBehind(page, INDENT.length);
  const known = particulars(at);
  const locus = visible(`${at.path}@${at.offset}`) + (known === '' ? '' : ': ');
  const [first = '', ...rest] = wrap(known, width - 2, columns(locus));
  const isRepeated = at.text === before?.text;
  return [
    `${locus}${first}`.trimEnd(),
    ...rest.map((line) => `  ${line}`),
    ...(at.text === null || isRepeated
      ? []
      : excerpt(at.text, width - 2).map((line) => `  ${line}`)),
  ];
};

/** The places that show it, to be put behind a label; a text that repeats itself stands once. */
export const evidenceLines = (page: Page, evidence: readonly EvidenceEntry[]): string[] => {
  const hidden = evidence.length - PLACES;
  return [
    ...evidence.slice(0, PLACES).flatMap((at, index) => place(page, at, evidence[index - 1])),
    ...(hidden > 0
      ? wrap(
          `… and ${count(hidden)} more, all in the JSON report`,
          columnsBehind(page, INDENT.length),
        )
      : []),
  ];
};
