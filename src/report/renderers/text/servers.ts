import type { Report } from '../../report.ts';
import { serverWords } from '../server-words.ts';
import { visible } from '../visible.ts';
import { wrap } from '../wrap.ts';
import type { Page, Section } from './page.ts';

type Server = Report['servers'][number];

/** Moves the lines that a long entry goes on with. */
const HANGING = 2;

const line = (page: Page, server: Server): string[] =>
  wrap(serverWords(page, server), page.width - HANGING).map((text, at) =>
    at === 0 ? text : ' '.repeat(HANGING) + text,
  );

/** Who is who: which files are of which server, and where it replicates from. */
export const servers: Section = (page) => {
  const { servers: entries } = page.report;
  const folder = visible(page.folder.replace(/(?<=.)\/$/, ''));
  const below = folder === '' ? '' : `paths below ${folder}:`;
  if (entries.length === 0) return below === '' ? [] : [below];
  const title = page.paint.heading('SERVERS');
  return [
    below === '' ? title : `${title}, ${below}`,
    ...entries.flatMap((server) => line(page, server)),
  ];
};
