import type { EvidenceEntry } from '../../../rules/finding.ts';
import { ownText, sourceOf } from '../evidence-words.ts';
import { shortPath } from '../paths.ts';
import { visible } from '../visible.ts';
import { count } from '../words.ts';
import { columns, wrap } from '../wrap.ts';
import { columnsBehind, INDENT, type Page } from './page.ts';

/** Places shown a finding; the JSON has all of them. */
const PLACES = 5;
/** Lines of a statement shown; the JSON has the whole text. */
const TEXT_LINES = 3;

const joined = (parts: readonly (string | null)[]): string =>
  parts.filter((part) => part !== null && part !== '').join(', ');

/** What a place has in common with the one before it stands only there. */
const whoAndWhen = (at: EvidenceEntry): string =>
  joined([at.eventType, at.serverId === null ? null : `server ${at.serverId}`, at.timestamp]);

const gtidAndField = (at: EvidenceEntry): string =>
  joined([
    at.gtid === null ? null : `GTID ${at.gtid}`,
    at.field === null ? null : `field ${at.field}`,
  ]);

/** What is known of the event at a place, most telling first. */
const particulars = (at: EvidenceEntry, before: EvidenceEntry | undefined): string => {
  const source = sourceOf(at);
  const isSame = before !== undefined && whoAndWhen(at) === whoAndWhen(before);
  return joined([
    isSame ? null : whoAndWhen(at),
    source === null ? null : `source ${source}`,
    isSame && gtidAndField(at) === gtidAndField(before) ? null : gtidAndField(at),
  ]);
};

/** The text of a place; null where it stands above already, or only says the coordinates again. */
const textOf = (at: EvidenceEntry, earlier: readonly EvidenceEntry[]): string | null => {
  const isSame = at.text === earlier.findLast(({ text }) => text !== null)?.text;
  return isSame ? null : ownText(at);
};

const excerpt = (text: string, width: number): string[] => {
  const lines = wrap(text, width);
  if (lines.length <= TEXT_LINES) return lines;
  const shown = lines.slice(0, TEXT_LINES - 1);
  const rest = visible(text).length - shown.join(' ').length;
  return [...shown, `… ${count(rest)} more characters`];
};

/** One place: `path@offset` whole on its line, however long, for `xxd -s` and `mysqlbinlog`. */
const place = (page: Page, at: EvidenceEntry, earlier: readonly EvidenceEntry[]): string[] => {
  const width = columnsBehind(page, INDENT.length);
  const known = particulars(at, earlier.at(-1));
  const text = textOf(at, earlier);
  const locus = visible(`${shortPath(page, at.path)}@${at.offset}`) + (known === '' ? '' : ': ');
  const [first = '', ...rest] = wrap(known, width - 2, columns(locus) - 2);
  return [
    `${locus}${first}`.trimEnd(),
    ...[...rest, ...(text === null ? [] : excerpt(text, width - 2))].map((line) => `  ${line}`),
  ];
};

/** The places that show it, to be put behind a label; what repeats itself stands once. */
export const evidenceLines = (page: Page, evidence: readonly EvidenceEntry[]): string[] => {
  const hidden = evidence.length - PLACES;
  return [
    ...evidence.slice(0, PLACES).flatMap((at, n) => place(page, at, evidence.slice(0, n))),
    ...(hidden > 0
      ? wrap(
          `… and ${count(hidden)} more, all in the JSON report`,
          columnsBehind(page, INDENT.length),
        )
      : []),
  ];
};
