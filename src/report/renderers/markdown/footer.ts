import { moment } from '../times.ts';
import { prose } from './prose.ts';
import { blocks, RANK, type Section } from './sheet.ts';

/** By which clock and by which version: what it takes to get the same report again. */
export const footer: Section = ({ report: { now, tool } }) =>
  blocks(RANK.verdict, prose(`Judged as of ${moment(now)} by ${tool.name} ${tool.version}.`, 200));
