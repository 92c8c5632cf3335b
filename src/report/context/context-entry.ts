import type { Locus } from '../../rules/define-rule.ts';

/** A fact that is no failing; its places are described like a finding's. */
export interface ContextEntry {
  readonly kind: string;
  readonly summary: string;
  readonly at: readonly Locus[];
  readonly facts: Readonly<Record<string, unknown>>;
}
