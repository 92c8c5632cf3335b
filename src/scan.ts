import { buildEvidence } from './evidence/build-evidence.ts';
import { describeEvidence } from './inputs/describe-evidence.ts';
import { expandInputs } from './inputs/expand.ts';
import { gatherFacts, type Progress } from './inputs/gather-facts.ts';
import { type KeyFiles, readKeyRing } from './inputs/key-ring.ts';
import { sortInputs } from './inputs/sort-inputs.ts';
import { buildReport } from './report/build-report.ts';
import type { Report } from './report/report.ts';
import type { AnyRule } from './rules/define-rule.ts';
import { rules as allRules } from './rules/index.ts';
import { judge } from './rules/judge.ts';
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
  readonly onProgress?: (progress: Progress) => void;
  /** Ends the reading early: the report is marked partial. */
  readonly signal?: AbortSignal;
  readonly rules?: readonly AnyRule[];
}

export const DEFAULT_STALE_AFTER = 30;

/**
 * Reads what it is given and reports: inputs → facts → evidence → outcomes → report. `inputs` are
 * files, directories and globs. Reads only; same inputs and `now` give the same report.
 */
export const scan = async (inputs: readonly string[], options: ScanOptions): Promise<Report> => {
  const found = await expandInputs(inputs, options.onlyGiven !== true);
  const sorted = sortInputs(found.files);
  const keyRing = readKeyRing(options);
  const gathered = await gatherFacts(sorted, options, keyRing);
  const evidence = buildEvidence(
    gathered.facts,
    sorted.metadata.map(({ document }) => document),
    {
      now: Math.floor(options.now.getTime() / 1000),
      staleAfter: options.staleAfter ?? DEFAULT_STALE_AFTER,
      serverId: options.serverId ?? null,
      withoutFacts: gathered.failed.length + gathered.interrupted.length,
      unread: [
        ...found.unnamed,
        ...[...sorted.unreadable, ...gathered.failed].map(({ file }) => file.path),
        ...gathered.interrupted.map(({ path }) => path),
      ],
    },
  );
  const outcomes = judge(options.rules ?? allRules, evidence);
  const describe = describeEvidence(gathered.facts, keyRing);
  return buildReport({
    now: options.now,
    version: packageVersion(),
    found,
    sorted,
    gathered,
    keyProblems: keyRing.problems,
    evidence,
    outcomes,
    describe,
  });
};
