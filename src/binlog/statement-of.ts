import { MalformedError } from '../bytes/malformed-error.ts';
import type { CompressedBlob } from './events/compressed-blob.ts';
import type { BinlogEvent } from './events/index.ts';
import { inflate } from './values/inflate.ts';

const ZLIB = 0;

const decompressed = (
  { algorithm, compressed, uncompressedLength }: CompressedBlob,
  where: { file: string; offset: number },
): Buffer => {
  const malformed = (problem: string) =>
    new MalformedError(where.file, where.offset, 'query', problem);
  if (algorithm !== ZLIB) throw malformed(`${algorithm} is no compression we know`);
  const sql = inflate(compressed, uncompressedLength, false);
  if (typeof sql === 'string') throw malformed(sql);
  return sql;
};

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
      return decompressed(event.sql, where);
    default:
      return null;
  }
};
