import { problemWords } from '../problem-words.ts';
import { heading, prose, type Section } from './page.ts';

/** What could not be read, as `path: at OFFSET: …`. */
export const problems: Section = (page) => {
  const entries = page.report.problems;
  if (entries.length === 0) return [];
  return [
    ...heading(page, 'PROBLEMS: the verdict is partial'),
    ...entries.flatMap((problem) => prose(page, problemWords(page, problem))),
  ];
};
