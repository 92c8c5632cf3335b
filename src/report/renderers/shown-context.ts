import type { Report, ReportContext } from '../report.ts';

/** Connections that began without a break before them: every replica has one, and it explains nothing. */
const isNoise = ({ kind, facts }: ReportContext): boolean => {
  const { counts } = facts;
  if (kind !== 'reconnects' || typeof counts !== 'object' || counts === null) return false;
  const of = counts as Record<string, unknown>;
  return (of['reconnect'] ?? 0) === 0 && (of['source-restart'] ?? 0) === 0;
};

/** What of the context is worth telling. */
export const shownContext = ({ context }: Report): readonly ReportContext[] =>
  context.filter((entry) => !isNoise(entry));
