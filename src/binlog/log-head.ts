import type { FileWindow } from '../bytes/file-window.ts';
import { type Packing, packingOf } from '../bytes/packing.ts';
import { MYSQL_ENCRYPTED_MAGIC, readMysqlLogKey } from './encryption/mysql-log-header.ts';
import { HEADER_LENGTH } from './event-cursor.ts';
import { isChecksumAware } from './events/format-description.ts';
import { FIRST_EVENT } from './log-layout.ts';
import { Resync } from './resync.ts';

/** What the first bytes of a file say it is. */
export type LogHead =
  | { readonly kind: 'log'; readonly magic: 'intact' | 'damaged' }
  | { readonly kind: 'encrypted'; readonly keyId: string | null; readonly uuid: string | null }
  | { readonly kind: 'packed'; readonly packing: Packing }
  | { readonly kind: 'none' };

/** `fe 62 69 6e`: binary and relay logs alike (BINLOG_MAGIC). */
const MAGIC = 0x6e6962fe;
/** An FDE of MySQL 5.0 is the smallest: 19 + 57 + 18 bytes; the largest known has 172 types. */
const FDE_SIZES: readonly [number, number] = [75, 1024];

/** Tells a log by its content. A log whose magic alone is damaged is recognised by its format description. */
export const readLogHead = (window: FileWindow): LogHead => {
  const head = window.copy(0, 1024);
  if (head.length >= 4) {
    const magic = head.readUInt32LE(0);
    if (magic === MAGIC) return { kind: 'log', magic: 'intact' };
    if (head.toString('hex', 0, 4) === MYSQL_ENCRYPTED_MAGIC) {
      const key = readMysqlLogKey(head);
      return { kind: 'encrypted', keyId: key?.keyId ?? null, uuid: key?.serverUuid ?? null };
    }
  }
  const packing = packingOf(head);
  if (packing !== null) return { kind: 'packed', packing };
  if (looksLikeFormatDescription(head, window)) return { kind: 'log', magic: 'damaged' };
  return { kind: 'none' };
};

const looksLikeFormatDescription = (head: Buffer, window: FileWindow): boolean => {
  if (head.length < FIRST_EVENT + 75) return false;
  const size = head.readUInt32LE(FIRST_EVENT + 9);
  return (
    head[FIRST_EVENT + 4] === 15 &&
    size >= FDE_SIZES[0] &&
    size <= FDE_SIZES[1] &&
    head.readUInt16LE(FIRST_EVENT + HEADER_LENGTH) === 4 &&
    new Resync(window).standsAt(
      FIRST_EVENT,
      isChecksumAware(head.toString('latin1', FIRST_EVENT + 21, FIRST_EVENT + 71)),
    )
  );
};
