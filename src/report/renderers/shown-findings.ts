import { SEVERITIES, type Severity } from '../../rules/finding.ts';
import type { Report, ReportFinding } from '../report.ts';

/** Is it at or above `minSeverity`? */
export const isShown = ({ severity }: ReportFinding, minSeverity: Severity): boolean =>
  SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(minSeverity);

/** The findings at or above `minSeverity`, in the report's order. */
export const shownFindings = (report: Report, minSeverity: Severity): readonly ReportFinding[] =>
  report.findings.filter((finding) => isShown(finding, minSeverity));
