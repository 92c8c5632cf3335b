import { formatCoordinates } from '../binlog/coordinates.ts';
import type { ClockSkew } from '../evidence/lag-clock.ts';
import type { LagCause } from '../evidence/lag-figure.ts';
import type { Locus } from './define-rule.ts';
import { logLocus } from './position-locus.ts';

/** Where the files show why a lag figure misleads. */
export const lagPlaces = (cause: LagCause): Locus[] => {
  switch (cause.kind) {
    case 'source-ahead':
      return [
        logLocus(
          cause.said.path,
          cause.said.offset,
          `the source was at ${formatCoordinates(cause.said.end)}`,
        ),
      ];
    case 'source-behind': {
      const { path, row } = cause.status;
      return [
        logLocus(
          path,
          row.offsets.secondsBehind ?? row.offset,
          `the source itself was ${row.secondsBehind} s behind`,
        ),
      ];
    }
    case 'stale-format-description':
      return [logLocus(cause.path, cause.format.offset)];
    case 'loop': {
      const { laps } = cause.loop.streams[0];
      const { file, copy } = laps[0].last;
      return [{ ...logLocus(file.path, copy.offset), length: copy.end - copy.offset }];
    }
    case 'clock-unknown':
      return [
        logLocus(cause.path, cause.offset, 'the source did not tell its time'),
        ...(cause.skew ? [skewLocus(cause.skew)] : []),
      ];
    case 'origin-clock':
      return [skewLocus(cause.skew)];
    default:
      return [];
  }
};

const skewLocus = ({ file, offset, seconds }: ClockSkew): Locus =>
  logLocus(file.path, offset, `committed ${seconds.toFixed(1)} s before it was, by its stamps`);
