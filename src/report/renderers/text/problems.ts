import { heading, prose, type Section } from './page.ts';
import { shortPath } from './paths.ts';

/** What could not be read, as `path: at OFFSET: …`. */
export const problems: Section = (page) => {
  const entries = page.report.problems;
  if (entries.length === 0) return [];
  return [
    ...heading(page, 'PROBLEMS: the verdict is partial'),
    ...entries.flatMap(({ path, offset, message }) => {
      const short = shortPath(page, path);
      if (message.startsWith(path)) return prose(page, short + message.slice(path.length));
      return prose(page, `${offset === null ? short : `${short}: at ${offset}`}: ${message}`);
    }),
  ];
};
