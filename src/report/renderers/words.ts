import { SEVERITIES } from '../../rules/finding.ts';
import type { Report } from '../report.ts';

/** `1,234`: a count for people. Offsets and positions are never grouped. */
export const count = (n: number): string => n.toLocaleString('en-US');

/** `1 event`, `3 events`. */
export const counted = (n: number, noun: string): string =>
  `${count(n)} ${noun}${n === 1 ? '' : 's'}`;

/** `2.7 MiB`. */
export const size = (bytes: number): string => {
  const units = ['KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = 'bytes';
  for (const next of units) {
    if (value < 1024) break;
    value /= 1024;
    unit = next;
  }
  return unit === 'bytes' ? counted(bytes, 'byte') : `${value.toFixed(1)} ${unit}`;
};

/** `1 critical, 2 medium`; `none` when there are no findings. */
export const severityCounts = ({ summary }: Report): string =>
  SEVERITIES.filter((severity) => summary.bySeverity[severity] > 0)
    .map((severity) => `${count(summary.bySeverity[severity])} ${severity}`)
    .join(', ') || 'none';

/** The number a finding bears in the text: its place in the report, hidden ones counted. */
export const findingNumber = (report: Report, fingerprint: string): number | null => {
  const at = report.findings.findIndex((finding) => finding.fingerprint === fingerprint);
  return at === -1 ? null : at + 1;
};

/** `finding 1`, `findings 1 and 3`; empty when the report has none of them. */
export const findingNames = (report: Report, fingerprints: readonly string[]): string => {
  const numbers = fingerprints
    .map((fingerprint) => findingNumber(report, fingerprint))
    .filter((n) => n !== null);
  return numbers.length === 0
    ? ''
    : `finding${numbers.length === 1 ? '' : 's'} ${listed(numbers.map(String))}`;
};

/** `a`, `a and b`, `a, b and c`. */
export const listed = (names: readonly string[]): string =>
  names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} and ${String(names.at(-1))}`;

/** `1`, `1 and 2`, `1 to 6`, `1, 3 to 5 and 7`, of ascending numbers. */
export const numberRanges = (numbers: readonly number[]): string => {
  const runs: number[][] = [];
  for (const n of numbers) {
    const run = runs.at(-1);
    if (run?.at(-1) === n - 1) run.push(n);
    else runs.push([n]);
  }
  return listed(
    runs.flatMap((run) =>
      run.length < 3 ? run.map(String) : [`${run[0]} to ${String(run.at(-1))}`],
    ),
  );
};

/** `text` with a capital and a full stop; a name in front (`corrupt-event: …`) keeps its case. */
export const sentence = (text: string): string => {
  const begun = /^[a-z]+[ ,]/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
};
