import type { ReportOutcome } from '../report.ts';

/** Where, or when, a command is run: no part of it. */
const PLACED = /^((?:on|with) the [a-z ]+): (.+)$/s;

/** The commands that bring what rules lack, each once: an outcome joins its own with `; `. */
const commandsOf = (outcomes: readonly ReportOutcome[]): string[] => [
  ...new Set(outcomes.flatMap(({ bring }) => bring?.split('; ') ?? [])),
];

/** The same as lines for a shell: where one is run elsewhere a comment above it says so. */
export const bringLines = (outcomes: readonly ReportOutcome[]): string[] =>
  commandsOf(outcomes).flatMap((command) => {
    const [, where, run] = PLACED.exec(command) ?? [];
    return where === undefined || run === undefined ? [command] : [`# ${where}:`, run];
  });
