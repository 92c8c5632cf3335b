import { plainTable } from '../../../report/renderers/plain-table.ts';
import { count, size } from '../../../report/renderers/words.ts';
import { heading, type Section, share } from './sheet.ts';

/** What kinds of events fill the logs. */
export const types: Section = (sheet) => {
  const { total } = sheet.stats;
  if (total.types.length === 0) return [];
  return [
    ...heading(sheet, 'EVENT TYPES, by size'),
    ...plainTable(
      [
        { name: 'type' },
        { name: 'events', right: true },
        { name: 'size', right: true },
        { name: 'share', right: true },
      ],
      total.types.map(({ type, events, bytes }) => [
        type,
        count(events),
        size(bytes),
        share(bytes, total.eventBytes),
      ]),
    ),
  ];
};
