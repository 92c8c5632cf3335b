import { baseName } from '../binlog/coordinates.ts';
import { documentsOf } from '../evidence/channels.ts';
import { observationsOf, rowsOf } from '../evidence/observations.ts';
import { readReport } from '../evidence/read-report.ts';
import type { MessageDetails } from '../metadata/error-log/message-fields.ts';
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
  for (const place of documents.flatMap(failuresIn)) {
    if (place.log === name) probes.push(place.position);
    positions.push(place.position);
  }
  return { probes, positions };
};

interface FailedAt {
  readonly log: string;
  readonly position: number;
}

/** The newest errors of a log whose places are looked at. */
const FAILURES = 100;

/** Places in the source's log at which a thread failed, as error logs and status texts name them. */
const failuresIn = (document: MetadataDocument): FailedAt[] => {
  const place = ({ sourceLog, sourcePosition }: MessageDetails): FailedAt[] =>
    sourceLog && sourcePosition !== undefined ? [{ log: sourceLog, position: sourcePosition }] : [];
  const logged = documentsOf([document], 'error-log').flatMap(({ value }) =>
    value.messages
      .filter(({ level }) => level === 'ERROR')
      .slice(-FAILURES)
      .flatMap(({ details }) => place(details)),
  );
  const observed = observationsOf([document]);
  const shown = [
    ...rowsOf(observed, 'replica-status').flatMap(({ row }) => [
      row.receiverError,
      row.applierError,
    ]),
    ...rowsOf(observed, 'applier-worker-status').map(({ row }) => row.error),
  ];
  return [...logged, ...shown.flatMap((text) => (text ? place(readReport(text).details) : []))];
};
