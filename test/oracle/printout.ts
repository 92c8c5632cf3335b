/** One event as a log printer heads it. */
export interface PrintedHeader {
  /** Unix seconds. */
  readonly timestamp: number;
  readonly serverId: number;
  readonly endLogPos: number;
  /** The event's checksum, null in logs without. */
  readonly crc32: number | null;
  /** What it calls the event and says of it, as bytes in latin1. */
  readonly text: string;
}

/** What `mysqlbinlog` or `mariadb-binlog` printed of a log. */
export interface Printout {
  /** The offsets that it names before each event. */
  readonly offsets: readonly number[];
  readonly headers: readonly PrintedHeader[];
  /** The pseudo-SQL of rows, a line each, as bytes in latin1: strings stand in it as they were stored. */
  readonly rowLines: readonly string[];
  /** All of it, in latin1. */
  readonly text: string;
}

const HEADER =
  /^#(\d\d)(\d\d)(\d\d) +(\d+):(\d\d):(\d\d) server id (\d+) {2}end_log_pos (\d+)(?: CRC32 0x([0-9a-f]+))? *\t?(?:\n# (?=Incident: ))?(.*?(?:,\n# [\d-]+.*)*)$/gm;

/** Rows whose table map stands in a log before this one. */
const NO_TABLE_MAP = '### Row event for unknown table #';

/** A century is told by the year alone: logs begin in 2000, the epoch is in 1970. */
const seconds = (fields: readonly number[]): number => {
  const [year = 0, month = 1, day, hour, minute, second] = fields;
  const century = year < 70 ? 2000 : 1900;
  return Date.UTC(century + year, month - 1, day, hour, minute, second) / 1000;
};

/** Reads a printout that was made in the time zone UTC, up to the event at `until` where that is given. */
export const parsePrintout = (bytes: Buffer, until: number | null): Printout => {
  const all = bytes.toString('latin1');
  const end = until === null ? -1 : all.indexOf(`\n# at ${until}\n`);
  const text = end < 0 ? all : all.slice(0, end + 1);
  const headers = [...text.matchAll(HEADER)].map(([, ...fields]) => ({
    timestamp: seconds(fields.slice(0, 6).map(Number)),
    serverId: Number(fields[6]),
    endLogPos: Number(fields[7]),
    crc32: fields[8] === undefined ? null : Number.parseInt(fields[8], 16),
    text: fields[9] ?? '',
  }));
  return {
    offsets: [...text.matchAll(/^# at (\d+)$/gm)].map(([, offset]) => Number(offset)),
    headers,
    rowLines: text
      .split('\n')
      .filter((line) => line.startsWith('###') && !line.startsWith(NO_TABLE_MAP)),
    text,
  };
};
