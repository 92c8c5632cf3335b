import type { LogFacts } from '../facts/facts.ts';

/** Is this log encrypted, and no key opened it? */
export const isLocked = ({ encryption }: LogFacts): boolean =>
  encryption !== null && !encryption.decrypted;

/** Could the events of this log be read at all? */
export const isReadable = (facts: LogFacts): boolean =>
  !isLocked(facts) && facts.unsupported === null;
