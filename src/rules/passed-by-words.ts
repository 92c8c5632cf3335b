import type { PassedBy } from '../evidence/passed-by.ts';
import type { Locus } from './define-rule.ts';
import { logLocus } from './position-locus.ts';

/** Of the finding of an applier error that was got over by passing the transaction by. */
export const PASSED_BY = {
  title: 'and was passed by: its changes are missing here',
  cause:
    'Somebody let the applier go on with SET GTID_NEXT and a transaction of this server’s own, an empty one as a rule. The server counts the GTID as executed since, and never asks for it again: what the source’s transaction changed is not in these tables, unless it was done here by hand, and later changes of the same rows may fail over it.',
  withheld:
    'no log tells whether it was made up for: the rows that the transaction changed are compared on both sides, and put right on the replica, with sql_log_bin=0',
} as const;

export const passedByWords = ({ file, copy }: PassedBy): string =>
  `The applier goes on, without it: under its GTID ${file.name} holds a transaction of this server’s own, of ${copy.end - copy.offset} bytes.`;

export const passedByLoci = (passed: PassedBy | null): Locus[] =>
  passed
    ? [
        logLocus(
          passed.file.path,
          passed.copy.offset,
          'in its place, under the same GTID, written on this server itself',
        ),
      ]
    : [];
