import type { Evidence } from '../evidence/evidence.ts';
import { isLocked, isWhole } from '../evidence/readable.ts';
import { bringOf } from './bring.ts';
import { type AnyRule, EVIDENCE_KINDS, type Found } from './define-rule.ts';
import { type Fix, UNKNOWN_DIALECT } from './finding.ts';
import { serverName } from './fix/steps.ts';
import { inDialect } from './in-dialect.ts';
import { count } from './words.ts';

/** No file would change it. */
const NOTHING_TO_BRING = null;

/** Encrypted logs leave their server in clear this way; what compressed data lost is only at its origin. */
const readableCopies = ({ files }: Evidence): string | null => {
  const ways = [
    ...new Set(
      files
        .filter(({ facts }) => isLocked(facts))
        .map(({ facts: { encryption } }) => {
          const tool = encryption?.scheme === 'mariadb' ? 'mariadb-binlog' : 'mysqlbinlog';
          return `${tool} --read-from-remote-server --raw LOG`;
        }),
    ),
    ...(files.some(({ facts }) => !isWhole(facts))
      ? ['# new copies in place of damaged .gz and .zst']
      : []),
  ];
  return ways.length === 0 ? NOTHING_TO_BRING : ways.join('; ');
};

/** A finding with its words. */
export interface Judged {
  readonly found: Found;
  readonly explanation: string;
  readonly fix: Fix | null;
}

/** What became of one rule. */
export type Outcome = { readonly rule: AnyRule } & (
  | { readonly status: 'found'; readonly findings: readonly Judged[] }
  | { readonly status: 'clear' }
  | {
      readonly status: 'not-assessed';
      readonly missing: readonly string[];
      readonly bring: string | null;
    }
  | { readonly status: 'failed'; readonly error: Error }
);

const NEEDS_A_REPAIR: ReadonlySet<Found['severity']> = new Set(['critical', 'high']);

/** A repair in words that a server may not understand, or understand otherwise, is none: said, not left out. */
const wordless = ({ server, severity }: Found): Fix | null =>
  server !== null && server.dialect === null && NEEDS_A_REPAIR.has(severity)
    ? {
        dialect: UNKNOWN_DIALECT,
        withheld: `nothing tells the version of ${serverName(server)}, and each has statements of its own: scan again with what mysql -e "SHOW VARIABLES LIKE 'version'" prints, saved beside these files`,
        preconditions: [],
        steps: [],
        sideEffects: [],
        undo: [],
        alternatives: [],
      }
    : null;

/** Runs every rule on the evidence. A rule that throws fails alone. */
export const judge = (rules: readonly AnyRule[], evidence: Evidence): Outcome[] =>
  rules.map((rule) => {
    const missing = rule.needs.filter((kind) => evidence[kind].length === 0);
    if (missing.length > 0) {
      return {
        rule,
        status: 'not-assessed',
        missing: missing.map((kind) => EVIDENCE_KINDS[kind].name),
        bring: [
          ...new Set(missing.map((kind) => bringOf(EVIDENCE_KINDS[kind].bring, evidence))),
        ].join('; '),
      };
    }
    try {
      const findings = [...rule.detect(evidence)].map((found) =>
        inDialect({
          found,
          explanation: rule.explain(found),
          fix: rule.fix(found, evidence) ?? wordless(found),
        }),
      );
      if (findings.length > 0) return { rule, status: 'found', findings };
      const unjudged = rule.unjudged?.(evidence) ?? null;
      if (unjudged !== null) {
        return { rule, status: 'not-assessed', missing: [unjudged], bring: NOTHING_TO_BRING };
      }
      if (evidence.unread === 0) return { rule, status: 'clear' };
      // Never "clear" where something was not looked at
      return {
        rule,
        status: 'not-assessed',
        missing: [
          `${count(evidence.unread, 'log')} that could not be read; in the rest nothing was found`,
        ],
        bring: readableCopies(evidence),
      };
    } catch (error) {
      return {
        rule,
        status: 'failed',
        error: error instanceof Error ? error : new Error(String(error)),
      };
    }
  });
