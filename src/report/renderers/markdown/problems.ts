import { problemWords } from '../problem-words.ts';
import { prose } from './prose.ts';
import { blocks, bullets, RANK, type Section, stacked } from './sheet.ts';

const ENTRIES = 50;

/** What could not be read. */
export const problems: Section = (sheet) => {
  const entries = sheet.report.problems.map((problem) => prose(problemWords(sheet, problem)));
  if (entries.length === 0) return [];
  return blocks(
    RANK.problems,
    stacked('## Problems: the verdict is partial', bullets(entries, ENTRIES)),
  );
};
