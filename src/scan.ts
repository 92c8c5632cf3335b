import { buildEvidence } from './evidence/build-evidence.ts';
import { describeEvidence } from './inputs/describe-evidence.ts';
import { expandInputs } from './inputs/expand.ts';
import { gatherErrorLogs } from './inputs/gather-error-logs.ts';
import { gatherFacts } from './inputs/gather-facts.ts';
import { type KeyFiles, readKeyRing } from './inputs/key-ring.ts';
import type { Progress } from './inputs/progress.ts';
import { runSlices } from './inputs/run-slices.ts';
import { SeekableInputs } from './inputs/seekable-inputs.ts';
import { sortInputs } from './inputs/sort-inputs.ts';
import type { LogZone } from './metadata/error-log/log-time.ts';
import { buildReport } from './report/build-report.ts';
import { redactReport, sensitiveNames } from './report/redact-report.ts';
import type { Report } from './report/report.ts';
import type { AnyRule } from './rules/define-rule.ts';
import { rules as allRules } from './rules/index.ts';
import { judge } from './rules/judge.ts';
import { traceApplyErrors } from './traces/trace-apply-errors.ts';
import { packageVersion } from './version.ts';

export interface ScanOptions extends KeyFiles {
  /** The clock that the run is judged by. */
  readonly now: Date;
  /** Id of servers whose own files do not tell it. */
  readonly serverId?: number;
  /** Seconds from which on a format description is stale; 30 by default. */
  readonly staleAfter?: number;
  /** Leave alone the status files that lie beside named logs. */
  readonly onlyGiven?: boolean;
  /** Time zone of error logs whose lines state none; unknown by default. */
  readonly logZone?: LogZone;
  /** Leave out texts of statements, values, and names of hosts and accounts. */
  readonly redact?: boolean;
  readonly onProgress?: (progress: Progress) => void;
  /** Ends the reading early: the report is marked partial. */
  readonly signal?: AbortSignal;
  readonly rules?: readonly AnyRule[];
}

export const DEFAULT_STALE_AFTER = 30;

/**
 * Reads what it is given and reports: inputs → facts → evidence → outcomes → report. Where an
 * applier failed, a second look into the logs says what touched the same row before. `paths` are
 * files, directories and globs, and `-` for standard input; what is compressed with gzip or zstd is
 * read as what it holds. Reads only; same inputs and `now` give the same report.
 */
export const scan = async (paths: readonly string[], options: ScanOptions): Promise<Report> => {
  const inputs = new SeekableInputs();
  try {
    const found = await expandInputs(paths, options.onlyGiven !== true);
    const told = await sortInputs(found.files, inputs, options);
    const errorLogs = await gatherErrorLogs(told, inputs, options);
    const sorted = { ...told, metadata: [...told.metadata, ...errorLogs.metadata] };
    const keyRing = readKeyRing(options);
    const logs = await gatherFacts(sorted, inputs, options, keyRing);
    const joined = buildEvidence(
      logs.facts,
      sorted.metadata.map(({ document }) => document),
      {
        now: Math.floor(options.now.getTime() / 1000),
        staleAfter: options.staleAfter ?? DEFAULT_STALE_AFTER,
        serverId: options.serverId ?? null,
        withoutFacts: logs.failed.length + logs.interrupted.length,
        unread: [
          ...found.unnamed,
          ...[...sorted.unreadable, ...logs.failed].map(({ file }) => file.path),
          ...logs.interrupted.map(({ path }) => path),
        ],
      },
    );
    const applyTraces = await runSlices(
      traceApplyErrors(joined, { inputs, keyRing, redact: options.redact === true }),
      () => undefined,
      options.signal,
    );
    const evidence = { ...joined, applyTraces: applyTraces ?? [] };
    const outcomes = judge(options.rules ?? allRules, evidence);
    const report = buildReport({
      now: options.now,
      version: packageVersion(),
      found,
      sorted,
      gathered: {
        facts: logs.facts,
        failed: [...errorLogs.failed, ...logs.failed],
        interrupted: [...errorLogs.interrupted, ...logs.interrupted],
      },
      keyProblems: keyRing.problems,
      evidence,
      outcomes,
      describe: describeEvidence(logs.facts, inputs, keyRing, options.redact === true),
    });
    return options.redact === true ? redactReport(report, sensitiveNames(evidence)) : report;
  } finally {
    inputs.close();
  }
};
