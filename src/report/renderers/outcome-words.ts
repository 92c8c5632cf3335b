import type { ReportOutcome } from '../report.ts';

/** The commands that bring what rules lack, each once: an outcome joins its own with `; `. */
export const commandsOf = (outcomes: readonly ReportOutcome[]): string[] => [
  ...new Set(outcomes.flatMap(({ bring }) => bring?.split('; ') ?? [])),
];
