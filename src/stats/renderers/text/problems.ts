import { counted } from '../../../report/renderers/words.ts';
import { heading, prose, type Section } from './sheet.ts';

const SHOWN = 10;

/** What could not be read. */
export const problems: Section = (sheet) => {
  const { problems: told, problemsLeftOut } = sheet.stats;
  if (told.length === 0) return [];
  const more = told.length + problemsLeftOut - Math.min(SHOWN, told.length);
  return [
    ...heading(
      sheet,
      `PROBLEMS: ${counted(told.length + problemsLeftOut, 'place')} not read whole`,
    ),
    ...told.slice(0, SHOWN).flatMap((problem) => prose(sheet, problem)),
    ...(more > 0 ? prose(sheet, `… and ${counted(more, 'more problem')}`) : []),
  ];
};
