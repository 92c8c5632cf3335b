import { prose, type Section } from './page.ts';

/** By which clock and by which version: what it takes to get the same report again. */
export const footer: Section = (page) => {
  const { now, tool } = page.report;
  return prose(page, `judged as of ${now} by ${tool.name} ${tool.version}`).map(page.paint.quiet);
};
