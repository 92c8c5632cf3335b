import { EVENT } from '../../src/binlog/event-type.ts';
import { COLUMN_TYPE } from '../../src/binlog/values/column-type.ts';
import type { Flavor } from '../../src/dialects/server-version.ts';
import type { ListedEvent } from '../../src/listing/listed-event.ts';
import { contradictions } from './headlines.ts';
import type { OurLog } from './our-log.ts';
import type { PrintedHeader, Printout } from './printout.ts';

/** Types at which MariaDB's printer stops. */
const BEYOND_MARIADB: ReadonlySet<number> = new Set([
  EVENT.PARTIAL_UPDATE_ROWS,
  EVENT.TRANSACTION_PAYLOAD,
  EVENT.GTID_TAGGED,
  EVENT.START_ENCRYPTION,
  EVENT.PERCONA_START_ENCRYPTION,
]);

/** Does MariaDB's printer give up here? It knows neither these types nor columns of type JSON. */
const isBeyondMariadb = ({ event, body, table }: ListedEvent): boolean =>
  BEYOND_MARIADB.has(event.typeCode) ||
  (body?.type === 'rows' &&
    (table?.columns.some(({ realType }) => realType === COLUMN_TYPE.JSON) ?? false));

/**
 * Where a printer stops, or goes on otherwise than we do: at damage, which it does not look for, and
 * MariaDB's at what is MySQL's alone. Null when it prints all of the log.
 */
export const endOfPrinting = ({ events, damagedFrom }: OurLog, printer: Flavor): number | null => {
  const beyond = printer === 'mysql' ? undefined : events.find(isBeyondMariadb)?.event.offset;
  const ends = [beyond, damagedFrom].filter((end) => end !== undefined && end !== null);
  return ends.length === 0 ? null : Math.min(...ends);
};

/** An event at the place and with the header that the printers give it. */
interface Placed {
  readonly listed: ListedEvent;
  readonly offset: number;
  readonly endLogPos: number;
  /** Null of events without; those in a compressed transaction have none. */
  readonly crc32: number | null;
}

const crc32Of = ({ event }: ListedEvent): number | null => {
  const bytes = event.bytes();
  const hasChecksum = event.bodyEnd < event.offset + event.size;
  return hasChecksum ? bytes.readUInt32LE(bytes.length - 4) : null;
};

/** Events of a compressed transaction are printed at the end of the event that holds them. */
const placed = (events: readonly ListedEvent[]): readonly Placed[] => {
  let end = 0;
  let endLogPos = 0;
  return events.map((listed) => {
    const { event, innerOffset } = listed;
    if (innerOffset !== null) return { listed, offset: end, endLogPos, crc32: null };
    end = event.offset + event.size;
    endLogPos = event.endLogPos;
    return { listed, offset: event.offset, endLogPos, crc32: crc32Of(listed) };
  });
};

const keyOf = (
  { timestamp, serverId, endLogPos }: Omit<PrintedHeader, 'crc32' | 'text'>,
  crc32: number | null,
): string => `time ${timestamp} server ${serverId} end ${endLogPos} crc32 ${crc32?.toString(16)}`;

/** What a printer says of an event, or of the one that comes closest to it. */
const differencesFrom = (
  header: PrintedHeader,
  candidates: Placed[],
  printer: Flavor,
): readonly string[] => {
  const saying = candidates.map(({ listed }) => contradictions(header.text, listed, printer));
  const fitting = saying.findIndex((found) => found.length === 0);
  if (fitting >= 0) candidates.splice(fitting, 1);
  return fitting >= 0 ? [] : (saying[0] ?? [`${header.text}: no such event`]);
};

/**
 * Where a printout and our reading of the same log differ in offsets and headers: an event is known by
 * time, server, position and checksum, and compared by type and by what the printer says of it. Empty
 * when each has what the other has.
 */
export const headerDifferences = (
  { offsets, headers }: Printout,
  events: readonly ListedEvent[],
  printer: Flavor,
): readonly string[] => {
  const ours = placed(events);
  const differences: string[] = [];
  const differing = ours.findIndex(({ offset }, i) => offset !== offsets[i]);
  if (differing >= 0) {
    differences.push(
      `event ${differing}: at ${ours[differing]?.offset}, not ${offsets[differing]}`,
    );
  }
  // A table map is printed with its rows, behind what stands between: there is no order to hold
  const open = new Map<string, Placed[]>();
  for (const one of ours) {
    const { timestamp, serverId } = one.listed.event;
    const key = keyOf({ timestamp, serverId, endLogPos: one.endLogPos }, one.crc32);
    const same = open.get(key);
    if (same) same.push(one);
    else open.set(key, [one]);
  }
  for (const header of headers) {
    // MySQL's printer makes up a checksum where a compressed transaction has none
    const keys = [keyOf(header, header.crc32), keyOf(header, null)];
    const candidates = keys.map((key) => open.get(key) ?? []).find((found) => found.length > 0);
    differences.push(...differencesFrom(header, candidates ?? [], printer));
  }
  for (const [key, left] of open) {
    for (const { listed } of left) differences.push(`${listed.event.type}, ${key}: not printed`);
  }
  return differences;
};
