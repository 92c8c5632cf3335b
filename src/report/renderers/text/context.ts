import type { ReportContext } from '../../report.ts';
import { evidenceLines } from './evidence.ts';
import { heading, labelled, prose, type Section } from './page.ts';

/** Connections that began without a break before them: every replica has one, and it explains nothing. */
const isNoise = ({ kind, facts }: ReportContext): boolean => {
  const { counts } = facts;
  if (kind !== 'reconnects' || typeof counts !== 'object' || counts === null) return false;
  const of = counts as Record<string, unknown>;
  return (of['reconnect'] ?? 0) === 0 && (of['source-restart'] ?? 0) === 0;
};

/** What is no failing but explains what one sees. */
export const context: Section = (page) => {
  const entries = page.report.context.filter((entry) => !isNoise(entry));
  if (entries.length === 0) return [];
  return [
    ...heading(page, 'CONTEXT (no failings)'),
    ...entries.flatMap((entry) => [
      ...prose(page, `${entry.kind}: ${entry.summary}`),
      ...labelled(page, 'where', evidenceLines(page, entry.evidence.slice(0, 1))),
    ]),
  ];
};
