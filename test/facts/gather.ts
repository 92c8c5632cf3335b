import type { ByteSource } from '../../src/bytes/byte-source.ts';
import { fromBytes } from '../../src/bytes/byte-source.ts';
import type { IntegrityFact, LogFacts } from '../../src/facts/facts.ts';
import { gatherLogFacts } from '../../src/facts/gather-log-facts.ts';
import type { LogBuilder } from '../support/build-log.ts';

/** Facts of a log, read from its first byte to its last. */
export const gatherSource = (source: ByteSource, probes: readonly number[] = []): LogFacts => {
  const walk = gatherLogFacts({
    path: 'binlog.000001',
    source,
    identity: null,
    modified: null,
    probes,
    positions: [],
  });
  for (;;) {
    const step = walk.next();
    if (step.done) return step.value;
  }
};

export const gather = (log: LogBuilder | Uint8Array, probes: readonly number[] = []): LogFacts =>
  gatherSource(fromBytes(log instanceof Uint8Array ? log : log.bytes()), probes);

/** Damage, as short as a test reads it: `framing 120+64 -> 184`. */
export const damage = (facts: LogFacts): string[] => facts.integrity.map(damageText);

const damageText = ({ kind, offset, length, resumedAt }: IntegrityFact): string =>
  `${kind} ${offset}+${length}${resumedAt === null ? '' : ` -> ${resumedAt}`}`;
