import { decodeBody } from '../binlog/events/index.ts';
import type { FileWindow } from '../bytes/file-window.ts';
import { MalformedError } from '../bytes/malformed-error.ts';
import type { Layout } from './layout.ts';

/** Previous_gtids beyond this size are not turned into text. */
const LIMIT = 1 << 20;

/** The GTID set that a Previous_gtids event holds; null where it cannot be read. */
export const gtidsAt = (
  path: string,
  window: FileWindow,
  at: { readonly offset: number; readonly size: number },
  layout: Layout,
): string | null => {
  const length = at.size - layout.headerLength - layout.trailer;
  if (length < 0 || length > LIMIT) return null;
  const base = at.offset + layout.headerLength;
  try {
    const body = decodeBody(
      35,
      window.copy(base, length),
      { typeCode: 35, postHeaderLength: 0, flavor: 'mysql', serverId: 0 },
      { file: path, base },
    );
    return body?.type === 'previous-gtids' ? String(body.gtids) : null;
  } catch (error) {
    if (error instanceof MalformedError) return null;
    throw error;
  }
};
