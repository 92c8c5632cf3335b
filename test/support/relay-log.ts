import { type CommitStamps, type Format, type Header, LogBuilder } from './build-log.ts';

/** When the logs of these tests begin, in Unix seconds. */
export const START = 1_700_000_001;

/** When the source began the log that they receive from. */
export const OPENED = START - 3600;

export const VERSION = {
  mysql50: '5.0.96-log',
  mysql51: '5.1.73-log',
  mysql55: '5.5.62-log',
  mysql56: '5.6.24-log',
  mysql57: '5.7.44-log',
  mysql8022: '8.0.22',
  mysql8030: '8.0.30',
  mysql84: '8.4.3',
  mysql97: '9.7.4',
  mariadb104: '10.4.13-MariaDB-log',
  mariadb: '10.11.19-MariaDB-log',
} as const;

/** Up to MySQL 5.5 an FDE has no checksum byte, and a relay log's own events no flag. */
const layoutOf = (version: string): Pick<Format, 'checksum' | 'types'> =>
  /^5\.[015]\./.test(version) ? { checksum: 'unaware', types: 27 } : {};

/** One transaction: what names it, what it does, and how old it was when it was written. */
export interface Transaction extends Header {
  readonly sql?: string;
  readonly thread?: number;
  readonly exec?: number;
  readonly xid?: number;
  /** Rows of this table instead of a statement. */
  readonly rows?: string;
  readonly tableId?: number;
  /** MariaDB's domain, 0 by default, and sequence number. */
  readonly domain?: number;
  readonly sequence?: number;
  /** MySQL's, with GTIDs on. */
  readonly gno?: number;
  /** µs; anonymous GTID with the commit timestamps of MySQL 8.0.1. */
  readonly immediate?: number;
  readonly original?: number;
  readonly lastCommitted?: number;
  /** Without its end. */
  readonly open?: boolean;
}

/** Logs one transaction. */
export const write = (log: LogBuilder, transaction: Transaction = {}): LogBuilder => {
  const {
    sql = 'INSERT INTO orders VALUES (1)',
    thread = 7,
    exec = 0,
    xid = 1,
    rows,
    tableId = 108,
    sequence,
    gno,
    immediate,
    original,
    lastCommitted,
    open = false,
    ...header
  } = transaction;
  const stamps: CommitStamps = {
    ...header,
    ...(immediate === undefined
      ? {}
      : { immediate, original: original ?? immediate, lastCommitted: lastCommitted ?? 0 }),
  };
  if (sequence !== undefined) log.mariadbGtid(sequence, header);
  else {
    if (gno !== undefined) log.gtid(gno, stamps);
    else if (immediate !== undefined) log.anonymousGtid(stamps);
    log.begin({ ...header, thread, exec });
  }
  if (rows === undefined) log.query(sql, { ...header, thread, exec });
  else log.tableMap(rows, tableId, header).rows(tableId, [1], header);
  return open ? log : log.xid(xid, header);
};

export const times = (count: number, of: (i: number) => void): void => {
  for (let i = 0; i < count; i += 1) of(i);
};

export interface OwnHead {
  readonly serverId?: number;
  readonly version?: string;
  /** Start of the receiver, which is the time of all own events. */
  readonly at?: number;
  /** By default as the version writes it. */
  readonly flags?: number;
}

export interface Connect {
  readonly source?: number;
  readonly file?: string;
  readonly position?: number;
  /** When the source opened the log. */
  readonly opened?: number;
  readonly version?: string;
  /** Id in the format description, where it is another: a renumbered source. */
  readonly formatId?: number;
  readonly created?: number;
  readonly rotate?: Header;
}

/** A relay log, one call for each thing that befalls a receiver; positions of the source are carried on. */
export class RelayLog {
  readonly log: LogBuilder;
  /** Where the source's log stands after the last event. */
  position = 0;
  readonly #own: Required<OwnHead>;

  constructor({
    serverId = 2,
    version = VERSION.mysql56,
    at = START,
    flags = /^5\.[015]\.|^10\.4/.test(version) ? 0 : 0x40,
  }: OwnHead = {}) {
    this.#own = { serverId, version, at, flags };
    this.log = new LogBuilder({ serverId, at }).format({ ...layoutOf(version), version, flags });
  }

  get length(): number {
    return this.log.length;
  }

  bytes(): Buffer {
    return this.log.bytes();
  }

  /** What comes at a (re)connect, and when the source has begun another log. */
  connect({
    source = 1,
    file = 'mysql-bin.000001',
    position = 4,
    opened = OPENED,
    version = this.#own.version,
    formatId = source,
    created = 0,
    rotate = {},
  }: Connect = {}): this {
    this.log.from(source).fakeRotate(file, position, rotate);
    this.#at(position);
    const format = { ...layoutOf(version), version, at: opened, serverId: formatId, created };
    if (position === 4) return this.#source((log) => log.format(format));
    this.log.format({ ...format, logPos: 0 });
    return this;
  }

  /** What stands in place of it after a rotation of the relay log alone. */
  copyOfFormat({
    source = 1,
    opened = OPENED,
    version = this.#own.version,
    position = this.position,
  }: Connect = {}): this {
    this.log
      .from(source)
      .format({ ...layoutOf(version), version, at: opened, flags: 0x20, logPos: 0 });
    return this.#at(position);
  }

  write(transaction: Transaction = {}): this {
    return this.#source((log) => write(log, transaction));
  }

  /** Any events of the source. */
  events(of: (log: LogBuilder) => LogBuilder): this {
    return this.#source(of);
  }

  /** Events of the source that the receiver drops, as those of its own server. */
  hole(bytes = 200): this {
    return this.#at(this.position + bytes);
  }

  /** The source closes its log. */
  rotateSource(next: string): this {
    return this.#source((log) => log.rotate(next));
  }

  /** Server id 0: where the source stands behind dropped events. */
  ignored(file: string, position: number, header: Header = {}): this {
    this.log.rotate(file, position, { serverId: 0, logPos: 0, ...header });
    return this.#at(position);
  }

  /** The last event of a file that was rotated. */
  rotate(next: string): this {
    const { serverId, at, flags } = this.#own;
    this.log.ownPositions().rotate(next, 4, { serverId, at, flags });
    return this;
  }

  stop(): this {
    this.log.ownPositions().stop({ serverId: this.#own.serverId });
    return this;
  }

  #at(position: number): this {
    this.position = position;
    this.log.sourceAt(position);
    return this;
  }

  #source(of: (log: LogBuilder) => LogBuilder): this {
    const before = this.log.events.length;
    of(this.log);
    for (const { size } of this.log.events.slice(before)) this.position += size;
    return this;
  }
}

/** A binary log of `serverId`, open unless `flags` says otherwise. */
export const binaryLog = ({
  serverId = 1,
  version = VERSION.mysql56,
  at = START,
  flags = 1,
}: OwnHead = {}): LogBuilder =>
  new LogBuilder({ serverId, at }).format({ ...layoutOf(version), version, flags, created: at });
