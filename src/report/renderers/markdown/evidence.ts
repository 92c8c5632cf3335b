import type { EvidenceEntry } from '../../../rules/finding.ts';
import { ownText, sourceOf } from '../evidence-words.ts';
import { shortPath } from '../paths.ts';
import { moment } from '../times.ts';
import { counted } from '../words.ts';
import { code } from './code.ts';
import { prose } from './prose.ts';
import { type Block, bullets, folded, RANK, type Sheet } from './sheet.ts';

/** Places shown a finding, and where there is not room for them; the JSON has all. */
const PLACES = 50;
const FEW_PLACES = 5;
/** Characters of a statement. */
const TEXT_LENGTH = 300;

/** One place: `path@offset` first, for `xxd -s` and `mysqlbinlog`. */
export const place = (sheet: Sheet, at: EvidenceEntry): string => {
  const { gtid, field } = at;
  const source = sourceOf(at);
  const text = ownText(at);
  const known = [
    prose(
      [
        at.eventType,
        at.serverId === null ? null : `server ${at.serverId}`,
        at.timestamp && moment(at.timestamp),
      ]
        .filter(Boolean)
        .join(', '),
    ),
    source === null ? '' : `source ${code(source)}`,
    gtid === null ? '' : `GTID ${code(gtid)}`,
    field === null ? '' : `field ${code(field)}`,
    code(text ?? '', TEXT_LENGTH),
  ].filter((part) => part !== '');
  const locus = code(`${shortPath(sheet, at.path)}@${at.offset}`);
  return known.length === 0 ? locus : `${locus}: ${known.join(', ')}`;
};

/** The places that show it. */
export const evidence = (sheet: Sheet, entries: readonly EvidenceEntry[]): Block[] => {
  if (entries.length === 0) return [];
  const title = `Evidence: ${counted(entries.length, 'place')}`;
  const places = entries.map((at) => place(sheet, at));
  return [
    {
      rank: RANK.evidence,
      text: folded(title, bullets(places, PLACES)),
      shorter: folded(title, bullets(places, FEW_PLACES)),
    },
  ];
};
