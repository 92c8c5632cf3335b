import type { Interval } from './gtid-intervals.ts';

/** One interval of a GTID set's text, with the source and tag it belongs to. */
export interface GtidSetPart {
  readonly uuid: string;
  readonly tag: string;
  readonly interval: Interval;
}

const UUID = /^\{?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})\}?$/;
const TAG = /^[a-z_][a-z0-9_]{0,31}$/;
const INTERVAL = /^(\d{1,19})(?:\s*-\s*(\d{1,19}))?$/;
/** Numbers end before it (MySQL sql/rpl_gtid.h). */
export const GNO_END = 2n ** 63n - 1n;

/** A uuid as the servers write it, lower case with dashes; null when the text is none. */
const normalUuid = (text: string): string | null => {
  const parts = UUID.exec(text);
  return parts ? parts.slice(1).join('-') : null;
};

/** `7` or `1-5` with its end made exclusive; null when it is none or out of range. */
const readInterval = (text: string): Interval | null => {
  const parts = INTERVAL.exec(text);
  if (!parts) return null;
  const start = BigInt(String(parts[1]));
  const last = parts[2] === undefined ? start : BigInt(parts[2]);
  return start >= 1n && start < GNO_END && last < GNO_END ? [start, last + 1n] : null;
};

/** `uuid:1-5:7:tag:1-3`: a tag holds for the intervals after it. */
const readSource = (entry: string): readonly GtidSetPart[] | null => {
  const [head = '', ...tokens] = entry.split(':').map((token) => token.trim());
  const uuid = normalUuid(head);
  if (uuid === null || tokens.length === 0) return null;
  const parts: GtidSetPart[] = [];
  let tag = '';
  for (const token of tokens) {
    const interval = readInterval(token);
    if (interval) parts.push({ uuid, tag, interval });
    else if (TAG.test(token)) tag = token;
    else if (token !== '') return null;
  }
  return parts;
};

/**
 * The intervals of a GTID set's text, in the order of the text; null when it is no GTID set.
 * Source: MySQL sql/rpl_gtid_set.cc `Gtid_set::add_gtid_text`.
 */
export const readGtidSetText = (text: string): readonly GtidSetPart[] | null => {
  const parts: GtidSetPart[] = [];
  for (const entry of text.toLowerCase().split(',')) {
    if (entry.trim() === '') continue;
    const source = readSource(entry.trim());
    if (!source) return null;
    parts.push(...source);
  }
  return parts;
};
