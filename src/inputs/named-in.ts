import { baseName } from '../binlog/coordinates.ts';
import type { MetadataDocument } from '../metadata/index.ts';

/** Places of one log that status files name. */
export interface Named {
  /** Offsets in this file. */
  readonly probes: readonly number[];
  /** Positions in the source's log, to be found in this one. */
  readonly positions: readonly number[];
}

/**
 * What the status files name in the log of this name: offsets (in a relay log, or in the source's own
 * binary log, where positions are offsets), and source positions to be found in it.
 */
export const namedIn = (name: string, documents: readonly MetadataDocument[]): Named => {
  const probes: number[] = [];
  const positions: number[] = [];
  for (const { kind, value } of documents) {
    if (kind === 'relay-log-info' && 'relayLogPos' in value) {
      const { relayLogFile, relayLogPos, sourceLogFile, sourceLogPos } = value;
      if (relayLogPos !== null && baseName(relayLogFile) === name) probes.push(relayLogPos);
      if (sourceLogPos !== null && sourceLogFile === name) probes.push(sourceLogPos);
      if (sourceLogPos !== null && sourceLogPos > 0) positions.push(sourceLogPos);
    } else if (kind === 'master-info' && 'readPosition' in value) {
      const { readPosition, sourceLogFile } = value;
      if (readPosition === null) continue;
      if (sourceLogFile === name) probes.push(readPosition);
      positions.push(readPosition);
    }
  }
  return { probes, positions };
};
