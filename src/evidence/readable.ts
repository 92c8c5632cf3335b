import type { LogFacts } from '../facts/facts.ts';

/** Is this log encrypted, and no key opened it? */
export const isLocked = ({ encryption }: LogFacts): boolean =>
  encryption !== null && !encryption.decrypted;

/** Could the events of this log be read at all? */
export const isReadable = (facts: LogFacts): boolean =>
  !isLocked(facts) && facts.unsupported === null;

/**
 * Did all of the log come out of its file? Where compressed data are cut or damaged, what the log
 * itself looks like at that place, and how it ends, cannot be told.
 */
export const isWhole = (facts: LogFacts): boolean =>
  facts.compression === null || facts.compression.problem === null;
