import { MalformedError } from '../bytes/malformed-error.ts';
import type { CompressedBlob } from './events/compressed-blob.ts';
import { inflate } from './values/inflate.ts';

const ZLIB = 0;

/**
 * What MariaDB compressed of an event. `where.base` is the offset told in the `MalformedError` that is
 * thrown where the blob cannot be decompressed, or claims more bytes than it can hold.
 */
export const inflateBlob = (
  { algorithm, compressed, uncompressedLength }: CompressedBlob,
  where: { readonly file: string; readonly base: number },
  field = 'compressed',
): Buffer => {
  const { file, base } = where;
  if (algorithm !== ZLIB) {
    throw new MalformedError(
      file,
      base,
      'compression_header',
      `${algorithm} is no compression we know`,
    );
  }
  const bytes = inflate(compressed, uncompressedLength, false);
  if (typeof bytes === 'string') throw new MalformedError(file, base, field, bytes);
  return bytes;
};
