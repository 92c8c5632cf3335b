import { CHECKSUM_BYTES } from '../bytes/checksum.ts';
import type { FileWindow } from '../bytes/file-window.ts';
import { type Flavor, parseServerVersion } from '../dialects/server-version.ts';
import type { EventOf } from './define-event.ts';
import { EventCursor } from './event-cursor.ts';
import { HEADER_LENGTH } from './event-header.ts';
import { EVENT } from './event-type.ts';
import { CHECKSUM_ALGORITHM, type formatDescription } from './events/format-description.ts';
import { V3_POST_HEADER_LENGTHS } from './events/start-v3.ts';

/** Behind the magic number. */
export const FIRST_EVENT = 4;

/** What the beginning of a log says of the events behind it. */
export interface LogLayout {
  readonly headerLength: number;
  /** Checksum bytes at the end of each event. */
  readonly trailer: number;
  readonly postHeaderLengths: readonly number[];
  readonly flavor: Flavor | null;
  /** Which of an event's ends its `log_pos` tells. */
  readonly logPos: 'start' | 'end';
}

/** Before the first format description: what rotate events need. */
export const LAYOUT_BEFORE_ANY: LogLayout = {
  headerLength: HEADER_LENGTH,
  trailer: 0,
  postHeaderLengths: [],
  flavor: null,
  logPos: 'end',
};

/**
 * Where the format description is lost or damaged but checksums are there: what all servers that know
 * checksums have in common. Of the lengths of fixed parts none is needed since MySQL 5.1.
 */
export const LAYOUT_WITHOUT_FORMAT: LogLayout = { ...LAYOUT_BEFORE_ANY, trailer: CHECKSUM_BYTES };

/**
 * Of MySQL 4.0 and 4.1: fixed, and `log_pos` is where an event begins.
 * Source: MySQL 5.1 sql/log_event.cc `Log_event::Log_event(const char*, …)`, which adds the size.
 */
export const LAYOUT_V3: LogLayout = {
  headerLength: HEADER_LENGTH,
  trailer: 0,
  postHeaderLengths: V3_POST_HEADER_LENGTHS,
  flavor: 'mysql',
  logPos: 'start',
};

/** The layout that a format description announces. */
export const layoutOf = (format: EventOf<typeof formatDescription>): LogLayout => ({
  headerLength: Math.max(format.headerLength, HEADER_LENGTH),
  trailer: format.checksumAlgorithm === CHECKSUM_ALGORITHM.CRC32 ? CHECKSUM_BYTES : 0,
  postHeaderLengths: format.postHeaderLengths,
  flavor: parseServerVersion(format.serverVersion)?.flavor ?? null,
  logPos: 'end',
});

/** A start event of 3.23 has a header of 13 bytes, and is smaller than this. */
const SMALLEST_START_V3 = HEADER_LENGTH + 56;
/** A relay log has one or two in front; more are no beginning. */
const MOST_ROTATES = 16;

/**
 * The format of a log by the first of its events that is no rotate event, since in the relay logs of
 * 4.x an artificial one may come first; null when that is neither a start event nor a format
 * description, or not there.
 * Source: MySQL 5.1 client/mysqlbinlog.cc `check_header`.
 */
export const logFormat = (window: FileWindow): 'v1' | 'v3' | 'v4' | null => {
  const cursor = new EventCursor(window, FIRST_EVENT);
  for (let i = 0; i <= MOST_ROTATES && cursor.next() === 'event'; i += 1) {
    if (cursor.typeCode === EVENT.ROTATE) continue;
    if (cursor.typeCode === EVENT.FORMAT_DESCRIPTION) return 'v4';
    if (cursor.typeCode !== EVENT.START_V3) return null;
    return cursor.size < SMALLEST_START_V3 ? 'v1' : 'v3';
  }
  return null;
};
