import { decodeBody } from '../binlog/events/index.ts';
import { formatMariadbGtidList } from '../binlog/mariadb-gtid.ts';
import type { FileWindow } from '../bytes/file-window.ts';
import { MalformedError } from '../bytes/malformed-error.ts';
import type { Layout } from './layout.ts';

/** Previous_gtids beyond this size are not turned into text. */
const LIMIT = 1 << 20;

/**
 * The GTIDs that a Previous_gtids event (MySQL) or a Gtid_list (MariaDB) holds; null where it cannot be
 * read.
 */
export const gtidsAt = (
  path: string,
  window: FileWindow,
  at: { readonly typeCode: number; readonly offset: number; readonly size: number },
  layout: Layout,
): string | null => {
  const length = at.size - layout.headerLength - layout.trailer;
  if (length < 0 || length > LIMIT) return null;
  const base = at.offset + layout.headerLength;
  try {
    const body = decodeBody(
      at.typeCode,
      window.copy(base, length),
      { typeCode: at.typeCode, postHeaderLength: 0, flavor: null, serverId: 0 },
      { file: path, base },
    );
    if (body?.type === 'previous-gtids') return String(body.gtids);
    return body?.type === 'mariadb-gtid-list' ? formatMariadbGtidList(body.gtids) : null;
  } catch (error) {
    if (error instanceof MalformedError) return null;
    throw error;
  }
};
