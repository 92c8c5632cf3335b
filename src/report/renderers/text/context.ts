import { shownContext } from '../shown-context.ts';
import { connectionTable } from './connection-table.ts';
import { evidenceLines } from './evidence.ts';
import { heading, labelled, prose, type Section } from './page.ts';

/** What is no failing but explains what one sees. */
export const context: Section = (page) => {
  const entries = shownContext(page.report);
  if (entries.length === 0) return [];
  return [
    ...heading(page, 'CONTEXT (no failings)'),
    ...entries.flatMap((entry) => {
      const table = connectionTable(page, entry);
      return [
        ...prose(page, `${entry.kind}: ${entry.summary}`),
        ...(table.length > 0
          ? table
          : labelled(page, 'where', evidenceLines(page, entry.evidence.slice(0, 1)))),
      ];
    }),
  ];
};
