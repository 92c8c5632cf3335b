import type { Terms } from '../dialects/define-dialect.ts';
import { inTerms } from '../dialects/in-terms.ts';
import { detectDialect } from '../dialects/index.ts';
import { namesIn } from '../dialects/names-in.ts';
import type { Server } from '../evidence/evidence.ts';
import { spokenTerms } from '../evidence/spoken-terms.ts';
import type { AnyRule, Found, Locus } from './define-rule.ts';
import type { Alternative, Fix, Step } from './finding.ts';
import type { Judged } from './judge.ts';

/** A finding in the words of its server; statements, facts and names of traps stay what they are. */
export const inDialect = (judged: Judged): Judged => {
  const { server } = judged.found;
  const terms = server && spokenTerms(server);
  if (!terms) return judged;
  const { found, explanation, fix } = judged;
  return {
    found: foundIn(found, terms),
    explanation: inTerms(explanation, terms),
    fix: fix === null ? null : fixIn(fix, terms),
  };
};

const foundIn = (found: Found, terms: Terms): Found => {
  const [first, ...others] = found.at;
  return {
    ...found,
    title: inTerms(found.title, terms),
    summary: inTerms(found.summary, terms),
    at: [locusIn(first, terms), ...others.map((locus) => locusIn(locus, terms))],
    excluded: found.excluded.map(({ trap, why }) => ({ trap, why: inTerms(why, terms) })),
  };
};

/** Behind a colon stands what a log holds: a row, a statement, a message. */
const locusIn = (locus: Locus, terms: Terms): Locus => {
  if (locus.text === null) return locus;
  const [said = '', ...quoted] = locus.text.split(': ');
  return { ...locus, text: [inTerms(said, terms), ...quoted].join(': ') };
};

const fixIn = (fix: Fix, terms: Terms): Fix => ({
  ...fix,
  withheld: fix.withheld === null ? null : inTerms(fix.withheld, terms),
  preconditions: fix.preconditions.map((one) => ({ ...one, text: inTerms(one.text, terms) })),
  steps: fix.steps.map((step) => stepIn(step, terms)),
  sideEffects: fix.sideEffects.map((effect) => inTerms(effect, terms)),
  alternatives: fix.alternatives.map(
    ({ title, steps, costs }): Alternative => ({
      title: inTerms(title, terms),
      steps: steps.map((step) => stepIn(step, terms)),
      costs: inTerms(costs, terms),
    }),
  ),
});

const stepIn = (step: Step, terms: Terms): Step => ({
  ...step,
  expect: step.expect === null ? null : inTerms(step.expect, terms),
  because: inTerms(step.because, terms),
});

/** Turns texts of ours into the words that their readers know. */
export interface Wording {
  readonly sentence: (text: string) => string;
  /** The same for a text that holds no names of people's own: statements and options change too. */
  readonly plain: (text: string) => string;
}

const wordingOf = (terms: Terms | undefined): Wording => ({
  sentence: (text) => (terms ? inTerms(text, terms) : text),
  plain: (text) => (terms ? namesIn(inTerms(text, terms), terms) : text),
});

/** For what is said of several servers: only where all of them, as far as they are known, have the same words. */
export const commonWording = (servers: readonly Server[]): Wording => {
  const [first, ...others] = servers.flatMap((server) => spokenTerms(server) ?? []);
  const isOne = others.every(
    ({ source, receiver }) => source === first?.source && receiver === first.receiver,
  );
  return wordingOf(isOne ? first : undefined);
};

/** For what is said of a server of this version. */
export const wordingOfVersion = (version: string | null): Wording =>
  wordingOf(detectDialect(version)?.terms);

/** Where to read on: of one vendor's manual nothing for the other's server. */
export const referencesFor = ({ references }: AnyRule, { server }: Found): readonly string[] => {
  const flavor = server?.dialect?.flavor ?? null;
  const terms = server && spokenTerms(server);
  return references
    .filter(
      (one) =>
        flavor === null || (/^(MySQL|MariaDB)\b/.exec(one)?.[1] ?? flavor).toLowerCase() === flavor,
    )
    .map((one) => (terms ? namesIn(one, terms) : one));
};
