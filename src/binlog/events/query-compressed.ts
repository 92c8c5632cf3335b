import { defineEvent } from '../define-event.ts';
import { readCompressedBlob } from './compressed-blob.ts';
import { readQueryHead } from './query.ts';

/** A statement in a MariaDB binary log under `log_bin_compress`; relay logs hold it decompressed, as a query. */
export const queryCompressed = defineEvent({
  name: 'query-compressed',
  codes: [165],
  source: 'MariaDB sql/log_event.h Query_compressed_log_event',
  read: (f, context) => ({ ...readQueryHead(f, context), sql: readCompressedBlob(f) }),
});
