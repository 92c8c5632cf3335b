import { serverWords } from '../server-words.ts';
import { code } from './code.ts';
import { prose } from './prose.ts';
import { blocks, bullets, RANK, type Section, stacked } from './sheet.ts';

const ENTRIES = 50;

/** Who is who: which files are of which server, and where it replicates from. */
export const servers: Section = (sheet) => {
  const { servers: entries } = sheet.report;
  const folder = sheet.folder.replace(/(?<=.)\/$/, '');
  const below = folder === '' ? '' : `Paths are below ${code(folder)}.`;
  const list = bullets(
    entries.map((server) => prose(serverWords(sheet, server))),
    ENTRIES,
  );
  return blocks(RANK.servers, stacked(list === '' ? '' : '## Servers', list, below));
};
