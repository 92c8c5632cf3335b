import type { EvidenceEntry } from '../../rules/finding.ts';

/** `mysql-bin.000001:1028`. */
export const sourceOf = ({ source }: EvidenceEntry): string | null =>
  source === null ? null : `${source.file}:${source.position}`;

/** The text of a place; null where it only says the source's coordinates again. */
export const ownText = (at: EvidenceEntry): string | null => {
  const source = sourceOf(at);
  const isSource = at.text === source || at.text === `${at.eventType} to ${source}`;
  return isSource || at.text === '' ? null : at.text;
};
