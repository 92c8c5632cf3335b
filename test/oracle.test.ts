import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EventCursor } from '../src/binlog/event-cursor.ts';
import { EVENT } from '../src/binlog/event-type.ts';
import { fromBytes } from '../src/bytes/byte-source.ts';
import { FileWindow } from '../src/bytes/file-window.ts';
import { MAGIC } from './support/build-log.ts';

const SAMPLES = join(import.meta.dirname, '../samples');

/** The server's own printer of logs: `apt-get install mariadb-client`. */
const PRINTER = 'mariadb-binlog';

const installed = spawnSync(PRINTER, ['--version']).error === undefined;

const logs = (
  existsSync(SAMPLES) ? readdirSync(SAMPLES, { recursive: true, withFileTypes: true }) : []
)
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((path) => /^[^/\\]+[/\\]files[/\\]/.test(relative(SAMPLES, path)))
  .filter((path) => readFileSync(path).subarray(0, 4).equals(MAGIC))
  .toSorted();

interface Header {
  readonly timestamp: number;
  readonly serverId: number;
  readonly endLogPos: number;
  readonly typeCode: number;
}

/** Every event as we walk the log. */
const walk = (path: string): readonly (Header & { readonly offset: number })[] => {
  const cursor = new EventCursor(new FileWindow(fromBytes(readFileSync(path))), 4);
  const events: Array<Header & { offset: number }> = [];
  while (cursor.next() === 'event') {
    const { offset, timestamp, serverId, endLogPos, typeCode } = cursor;
    events.push({ offset, timestamp, serverId, endLogPos, typeCode });
  }
  return events;
};

/** What the printer calls an event; types that MariaDB does not know are "Ignorable" to it. */
const PRINTED: ReadonlyArray<readonly [text: RegExp, codes: readonly number[]]> = [
  [/^Start: binlog/, [EVENT.FORMAT_DESCRIPTION]],
  [/^Rotate to/, [EVENT.ROTATE]],
  [/^Stop/, [EVENT.STOP]],
  [/^Query\t/, [EVENT.QUERY]],
  [/^Intvar/, [EVENT.INTVAR]],
  [/^Xid =/, [EVENT.XID]],
  [/^Table_map:/, [EVENT.TABLE_MAP]],
  [/^Write_rows/, [EVENT.WRITE_ROWS_V1, EVENT.WRITE_ROWS]],
  [/^Update_rows/, [EVENT.UPDATE_ROWS_V1, EVENT.UPDATE_ROWS]],
  [/^Delete_rows/, [EVENT.DELETE_ROWS_V1, EVENT.DELETE_ROWS]],
  [/^Annotate_rows/, [EVENT.ANNOTATE_ROWS]],
  [/^GTID /, [EVENT.MARIADB_GTID]],
  [/^Gtid list/, [EVENT.MARIADB_GTID_LIST]],
  [/^Binlog checkpoint/, [EVENT.BINLOG_CHECKPOINT]],
  [/^Ignorable/, [EVENT.GTID, EVENT.ANONYMOUS_GTID, EVENT.PREVIOUS_GTIDS, EVENT.ROWS_QUERY]],
];

const HEADER =
  /^#(\d\d)(\d\d)(\d\d) +(\d+):(\d\d):(\d\d) server id (\d+) {2}end_log_pos (\d+)(?: CRC32 0x[0-9a-f]+)?\s*(.*)$/gm;

/** Types at which this printer stops. */
const BEYOND_IT: readonly (number | undefined)[] = [
  EVENT.PARTIAL_UPDATE_ROWS,
  EVENT.TRANSACTION_PAYLOAD,
  EVENT.GTID_TAGGED,
];

/** The offsets that the printer names, and the headers that it prints: not every event has one. */
const printed = (path: string) => {
  // It stops with an error at what it does not know: what it printed until then counts
  const { stdout } = spawnSync(PRINTER, ['--no-defaults', '--skip-gtid-strict-mode', path], {
    env: { ...process.env, TZ: 'UTC', LC_ALL: 'C' },
    encoding: 'latin1',
    maxBuffer: 256 << 20,
  });
  const headers = [...stdout.matchAll(HEADER)].map(([, ...fields]) => {
    const [year = 0, month = 0, day, hour, minute, second, serverId, endLogPos] = fields
      .slice(0, 8)
      .map(Number);
    const text = fields[8] ?? '';
    return {
      timestamp:
        Date.UTC(year + (year < 70 ? 2000 : 1900), month - 1, day, hour, minute, second) / 1000,
      serverId,
      endLogPos,
      codes: PRINTED.find(([called]) => called.test(text))?.[1] ?? null,
    };
  });
  return {
    offsets: [...stdout.matchAll(/^# at (\d+)$/gm)].map(([, offset]) => Number(offset)),
    headers,
  };
};

describe.skipIf(!installed || logs.length === 0)(`events are where ${PRINTER} sees them`, () => {
  test.each(logs.map((path) => relative(SAMPLES, path)))('%s', (name) => {
    const ours = walk(join(SAMPLES, name));
    const theirs = printed(join(SAMPLES, name));
    expect(theirs.offsets).not.toEqual([]);
    // Behind the last whole event it goes on in the torn one
    const whole = theirs.offsets.slice(0, ours.length);
    expect(whole).toEqual(ours.slice(0, whole.length).map(({ offset }) => offset));
    if (whole.length < ours.length) expect(BEYOND_IT).toContain(ours[whole.length]?.typeCode);

    const unseen: unknown[] = [];
    let next = 0;
    for (const { codes, ...header } of theirs.headers) {
      const found = ours.findIndex(
        (event, n) =>
          n >= next &&
          event.timestamp === header.timestamp &&
          event.serverId === header.serverId &&
          event.endLogPos === header.endLogPos &&
          (codes === null || codes.includes(event.typeCode)),
      );
      if (found < 0) unseen.push(header);
      else next = found + 1;
    }
    expect(unseen).toEqual([]);
    expect(theirs.headers.length).toBeGreaterThan(whole.length / 2);
  });
});
