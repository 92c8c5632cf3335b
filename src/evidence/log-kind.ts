import type { LogFacts, RotateFact } from '../facts/facts.ts';
import type { LogFile } from './evidence.ts';
import { isReadable } from './readable.ts';

const RELAY_LOG = 0x40;

/** A renumbered server ends its binary log under its new id. */
const isPlacedHere = ({ endLogPos, offset, size }: RotateFact): boolean =>
  endLogPos === (offset + size) % 2 ** 32;

/**
 * Tells a relay log from a binary log by its content: own FDE with flag 0x40 (MySQL 5.6+, newer
 * MariaDB); before that, another server's FDE or Rotate, or positions that count another file.
 * `named` says what an index or relay-log.info beside the log calls it.
 */
export const logKind = (
  facts: LogFacts,
  named: 'binary-log' | 'relay-log' | null,
): LogFile['kind'] => {
  const first = facts.formats[0];
  if (first && (first.flags & RELAY_LOG) !== 0) return 'relay-log';
  if (!isReadable(facts)) return named ?? (first ? 'binary-log' : 'log');
  const foreignControl =
    first !== undefined &&
    (facts.formats.some((format) => format.serverId !== first.serverId) ||
      facts.rotates.some((rotate) => rotate.serverId !== first.serverId && !isPlacedHere(rotate)));
  if (foreignControl || facts.otherPositions > facts.ownPositions) return 'relay-log';
  if (named) return named;
  return facts.ownPositions > 0 || first?.endLogPos === 4 + (first?.size ?? 0)
    ? 'binary-log'
    : 'log';
};
