import type { TextLine } from '../text-lines.ts';

/** A time that a text states. */
export interface StatedTime {
  /** `2026-11-20T10:40:09`, with the fraction where there is one. */
  readonly text: string;
  /** Minutes that its clock is ahead of UTC; null when it does not say. */
  readonly utcOffset: number | null;
  /** Byte offset of the line. */
  readonly offset: number;
}

/** Lines above an output in which its time may stand: a heading, a prompt, a statement. */
const LINES_ABOVE = 6;

const ISO = /(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:[.,]\d{1,9})?) ?(Z|UTC|GMT|[+-]\d\d:?\d\d)?/;
/** `Fri Nov 20 10:37:01 UTC 2026`, as `date` prints it. */
const DATE =
  /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w* (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +(\d{1,2}) (\d\d:\d\d:\d\d) (?:([A-Z]{2,5}) )?(\d{4})/;
const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';
/** What may stand around a time in a line that says nothing else: `-- … --`, `[…]`, `date: …`. */
const AROUND =
  /^[\s\-#=*>|[\](){}:,.;`_~]*(?:date|time|at|taken at|now)?[\s\-#=*>|[\](){}:,.;`_~]*$/i;
const ASKS = /\b(?:SHOW|SELECT)\b/i;

const minutesOf = (zone: string | undefined): number | null => {
  if (zone === undefined) return null;
  const parts = /^([+-])(\d\d):?(\d\d)$/.exec(zone);
  if (!parts) return zone === 'Z' || zone === 'UTC' || zone === 'GMT' ? 0 : null;
  const minutes = Number(parts[2]) * 60 + Number(parts[3]);
  return parts[1] === '-' && minutes > 0 ? -minutes : minutes;
};

const readTime = ({ text, offset }: TextLine): StatedTime | null => {
  const line = text.slice(0, 300);
  const iso = ISO.exec(line);
  const date = iso ? null : DATE.exec(line);
  const found = iso ?? date;
  if (!found) return null;
  const before = line.slice(0, found.index);
  const behind = line.slice(found.index + found[0].length);
  // A log's line has a time too, and then goes on with what happened
  const isAlone = AROUND.test(before) && AROUND.test(behind);
  if (!isAlone && !ASKS.test(behind)) return null;
  if (iso) {
    const clock = String(iso[2]).replace(',', '.');
    return { text: `${iso[1]}T${clock}`, utcOffset: minutesOf(iso[3]), offset };
  }
  const [month = '', day = '', clock = '', zone, year = ''] = found.slice(1);
  const number = String(MONTHS.indexOf(month) / 3 + 1).padStart(2, '0');
  const local = `${year}-${number}-${day.padStart(2, '0')}T${clock}`;
  return { text: local, utcOffset: minutesOf(zone), offset };
};

/** The time that stands above line `at`, below line `from`: a heading, a prompt, what `date` printed. */
export const readTimeAbove = (
  lines: readonly TextLine[],
  from: number,
  at: number,
): StatedTime | null => {
  for (let line = at - 1; line >= Math.max(from, at - LINES_ABOVE); line -= 1) {
    const found = lines[line];
    const time = found ? readTime(found) : null;
    if (time) return time;
  }
  return null;
};
