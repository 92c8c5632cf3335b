import { heading, prose, type Section } from './page.ts';

/** What could not be read, as `path: at OFFSET: …`. */
export const problems: Section = (page) => {
  const entries = page.report.problems;
  if (entries.length === 0) return [];
  return [
    ...heading(page, 'PROBLEMS: the verdict is partial'),
    ...entries.flatMap(({ path, offset, message }) => {
      const where = offset === null ? path : `${path}: at ${offset}`;
      return prose(page, message.startsWith(path) ? message : `${where}: ${message}`);
    }),
  ];
};
