import type { Report, ReportFinding } from '../report.ts';
import { findingNumber } from './words.ts';

/** ` on server 12, channel 'west'`; empty where neither is known. */
export const whom = ({ server, channel }: ReportFinding): string => {
  const parts = [server === null ? '' : `server ${server}`, channel && `channel '${channel}'`];
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
