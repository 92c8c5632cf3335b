import { describe, expect, test } from 'vitest';
import { exitCode, FAIL_ON, type FailOn } from '../../src/report/exit-code.ts';
import type { InputState, Report, ReportInput } from '../../src/report/report.ts';
import { SEVERITIES, type Severity } from '../../src/rules/finding.ts';
import { healthyReport } from './example-report.ts';

const found = (severity: Severity): Report => ({
  ...healthyReport,
  summary: {
    ...healthyReport.summary,
    bySeverity: { ...healthyReport.summary.bySeverity, [severity]: 1 },
  },
});

const withInput = (report: Report, changes: Partial<ReportInput>): Report => ({
  ...report,
  inputs: report.inputs.map((input) => ({ ...input, ...changes })),
});

const withProblem = (report: Report): Report => ({
  ...report,
  problems: [{ path: 'relay-bin.9*', offset: null, message: 'matches no file' }],
});

const withFailure = (report: Report): Report => ({
  ...report,
  outcomes: [
    ...report.outcomes,
    { rule: 'relay-log-gap', status: 'failed', missing: [], bring: null, error: 'boom' },
  ],
});

const unassessed: Report = {
  ...healthyReport,
  outcomes: [
    {
      rule: 'relay-log-gap',
      status: 'not-assessed',
      missing: ['relay-log.info'],
      bring: 'cp relay-log.info .',
      error: null,
    },
  ],
};

const interrupted: Report = {
  ...healthyReport,
  summary: { ...healthyReport.summary, partial: true },
};

const TABLE: readonly (readonly [string, Report, FailOn, number])[] = [
  ['all read, nothing found', healthyReport, 'high', 0],
  ['a rule that had nothing to look at', unassessed, 'high', 0],
  ['a live log, cut where it was copied', withInput(healthyReport, { state: 'open' }), 'high', 0],
  ['a finding below the threshold', found('medium'), 'high', 0],
  ['a finding with --fail-on never', found('critical'), 'never', 0],
  ['a finding at the threshold', found('high'), 'high', 1],
  ['a finding above the threshold', found('critical'), 'high', 1],
  ['a finding and a damaged input', withInput(found('high'), { state: 'corrupt' }), 'high', 1],
  ['a bad checksum', withInput(healthyReport, { badChecksums: 1 }), 'high', 3],
  ['a glob that matches nothing', withProblem(healthyReport), 'high', 3],
  ['a problem beside a lesser finding', withProblem(found('low')), 'high', 3],
  ['a problem with --fail-on never', withProblem(found('critical')), 'never', 3],
  ['an interrupted run', interrupted, 'high', 3],
  ['a rule that threw', withFailure(healthyReport), 'high', 4],
  ['a rule that threw beside a finding', withFailure(found('critical')), 'high', 4],
  ['a rule that threw beside a problem', withFailure(withProblem(healthyReport)), 'never', 4],
];

describe('exit code', () => {
  test.each(TABLE)('%s', (_name, report, failOn, code) => {
    expect(exitCode({ report, failOn })).toBe(code);
  });

  test.each<readonly [InputState, number]>([
    ['complete', 0],
    ['open', 0],
    ['truncated', 3],
    ['corrupt', 3],
    ['encrypted', 3],
    ['unreadable', 3],
  ])('an input that is %s gives %i', (state, code) => {
    expect(exitCode({ report: withInput(healthyReport, { state }), failOn: 'high' })).toBe(code);
  });

  test('every threshold lets exactly the severities below it pass', () => {
    for (const [limit, failOn] of FAIL_ON.entries()) {
      for (const [rank, severity] of SEVERITIES.entries()) {
        const fails = failOn !== 'never' && rank <= limit;
        expect(exitCode({ report: found(severity), failOn })).toBe(fails ? 1 : 0);
      }
    }
  });
});
