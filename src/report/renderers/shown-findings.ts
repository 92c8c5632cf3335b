import { SEVERITIES, type Severity } from '../../rules/finding.ts';
import type { Report, ReportFinding } from '../report.ts';

/** The findings at or above `minSeverity`, in the report's order. */
export const shownFindings = (report: Report, minSeverity: Severity): readonly ReportFinding[] => {
  const limit = SEVERITIES.indexOf(minSeverity);
  return report.findings.filter((finding) => SEVERITIES.indexOf(finding.severity) <= limit);
};
