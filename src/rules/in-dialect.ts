import type { Terms } from '../dialects/define-dialect.ts';
import { inTerms } from '../dialects/in-terms.ts';
import { type Dialect, detectDialect } from '../dialects/index.ts';
import type { Found, Locus } from './define-rule.ts';
import type { Alternative, Fix, Step } from './finding.ts';
import type { Judged } from './judge.ts';

/** A finding in the words of its server; statements, facts and names of traps stay what they are. */
export const inDialect = (judged: Judged): Judged => {
  const terms = judged.found.server?.dialect?.terms;
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

/** Turns sentences of ours into the words that its readers know. */
export type InWords = (sentence: string) => string;

/** For what is said of several servers: only where all of them, as far as they are known, have the same words. */
export const inCommonWords = (dialects: ReadonlyArray<Dialect | null>): InWords => {
  const [first, ...others] = dialects.flatMap((dialect) => (dialect ? [dialect.terms] : []));
  const isOne = others.every(
    ({ source, receiver }) => source === first?.source && receiver === first.receiver,
  );
  return first && isOne ? (sentence) => inTerms(sentence, first) : (sentence) => sentence;
};

/** For what is said of a server of this version. */
export const inWordsOfVersion = (version: string | null): InWords =>
  inCommonWords([detectDialect(version)]);
