import { shownContext } from '../shown-context.ts';
import { connectionTable } from './connection-table.ts';
import { place } from './evidence.ts';
import { prose } from './prose.ts';
import { blocks, bullets, RANK, type Section, stacked } from './sheet.ts';

const ENTRIES = 50;

/** What is no failing but explains what one sees. */
export const context: Section = (sheet) => {
  const shown = shownContext(sheet.report);
  const entries = shown.map(({ kind, summary, evidence: [first] }) => {
    const words = prose(`${kind}: ${summary}`);
    return first === undefined ? words : `${words} See ${place(sheet, first)}`;
  });
  if (entries.length === 0) return [];
  return [
    ...blocks(RANK.context, stacked('## Context (no failings)', bullets(entries, ENTRIES))),
    ...shown.slice(0, ENTRIES).flatMap((entry) => connectionTable(sheet, entry)),
  ];
};
