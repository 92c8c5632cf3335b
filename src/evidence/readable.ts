import type { LogFacts } from '../facts/facts.ts';

/** Could the events of this log be read at all? */
export const isReadable = (facts: LogFacts): boolean =>
  facts.encryption === null && facts.unsupported === null;
