import type { Report, ReportFinding } from '../report.ts';
import { findingNumber } from './words.ts';

/** `server 12`, with what tells it from others of its id; empty where it is not known. */
export const serverOfFinding = ({ server, serverName }: ReportFinding): string =>
  serverName ?? (server === null ? '' : `server ${server}`);

/** ` on server 12, channel 'west'`; empty where neither is known. */
export const whom = (finding: ReportFinding): string => {
  const { channel } = finding;
  const parts = [serverOfFinding(finding), channel && `channel '${channel}'`];
  const told = parts.filter((part) => part !== '').join(', ');
  return told && ` on ${told}`;
};

/** The finding that this one follows from, by number and title; empty where it follows from none. */
export const cause = (report: Report, finding: ReportFinding): string => {
  if (finding.causedBy === null) return '';
  const number = findingNumber(report, finding.causedBy);
  const title = number === null ? '' : (report.findings[number - 1]?.title ?? '');
  return number === null ? finding.causedBy : `finding ${number}: ${title}`;
};
