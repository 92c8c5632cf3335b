import type { BinlogEvent } from './events/index.ts';
import { inflateBlob } from './inflate-blob.ts';

/**
 * The statement that an event holds, in the character set of its client: of a query, compressed or
 * not, of LOAD DATA, and the one that rows are annotated with; null for an event without one. Throws
 * a `MalformedError` at `where` when a compressed one is not what it claims to be; it is at most 1
 * GiB, and nothing is allocated for a length that its bytes cannot become.
 */
export const statementOf = (
  event: BinlogEvent,
  where: { file: string; offset: number },
): Buffer | null => {
  switch (event.type) {
    case 'query':
    case 'execute-load-query':
    case 'rows-query':
    case 'annotate-rows':
      return event.sql;
    case 'query-compressed':
      return inflateBlob(event.sql, { file: where.file, base: where.offset }, 'query');
    default:
      return null;
  }
};
