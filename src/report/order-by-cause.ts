import { SEVERITIES } from '../rules/finding.ts';
import type { ReportFinding } from './report.ts';

/**
 * What to deal with first stands first: each root cause where the worst of what follows from it would
 * stand, and under it its consequences. Of a circle of causes the first one counts as the root.
 */
export const orderByCause = (findings: readonly ReportFinding[]): ReportFinding[] => {
  const known = new Set(findings.map(({ fingerprint }) => fingerprint));
  const placed = new Set<ReportFinding>();
  const familyOf = (finding: ReportFinding): ReportFinding[] => {
    if (placed.has(finding)) return [];
    placed.add(finding);
    const following = findings.filter(({ causedBy }) => causedBy === finding.fingerprint);
    return [finding, ...following.flatMap(familyOf)];
  };
  const isRoot = ({ causedBy }: ReportFinding): boolean =>
    causedBy === null || !known.has(causedBy);
  const families = [...findings.filter(isRoot), ...findings].map(familyOf);
  return families
    .filter((family) => family.length > 0)
    .toSorted((a, b) => worst(a) - worst(b))
    .flat();
};

const worst = (family: readonly ReportFinding[]): number =>
  Math.min(...family.map(({ severity }) => SEVERITIES.indexOf(severity)));
