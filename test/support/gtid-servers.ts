import type { Header, LogBuilder } from './build-log.ts';
import { previousGtids, writeGtids } from './gtid-events.ts';
import { binaryLog, RelayLog, START, VERSION } from './relay-log.ts';
import type { Files } from './scan-bytes.ts';
import { index, type MasterInfo, masterInfo } from './status-files.ts';

export const SOURCE = '11111111-1111-1111-1111-111111111111';
export const REPLICA = '22222222-2222-2222-2222-222222222222';
export const OTHER = '33333333-3333-3333-3333-333333333333';

/** Transactions and what their headers say. */
export type Written = readonly [set: string, header?: Header];

export interface GtidLog {
  readonly serverId?: number;
  readonly version?: string;
  readonly at?: number;
  /** At its head. */
  readonly before?: string;
  readonly written?: readonly Written[];
  /** Name of the log that follows. */
  readonly next?: string;
}

/** A binary log of a server with MySQL GTIDs; by default that of the source. */
export const gtidBinlog = ({
  serverId = 1,
  version = VERSION.mysql57,
  at = START,
  before = '',
  written = [],
  next,
}: GtidLog = {}): LogBuilder => {
  const log = previousGtids(binaryLog({ serverId, version, at }), before);
  for (const [set, header] of written) writeGtids(log, set, { serverId: 1, at, ...header });
  return next === undefined ? log : log.rotate(next);
};

/** A relay log of server 2, which received these from server 1. */
export const gtidRelay = ({
  serverId = 2,
  version = VERSION.mysql57,
  at = START,
  before = '',
  written = [],
  next,
}: GtidLog = {}): RelayLog => {
  const relay = new RelayLog({ serverId, version, at });
  previousGtids(relay.log, before, { flags: 0xc0 });
  relay.connect({ version });
  for (const [set, header] of written) {
    relay.events((log) => writeGtids(log, set, { serverId: 1, at, ...header }));
  }
  return next === undefined ? relay : relay.rotate(next);
};

export const autoCnf = (uuid: string): string => `[auto]\nserver-uuid=${uuid}\n`;

/** Folder `s` of the source: its binary logs, from 000001 on, and their index. */
export const sourceFiles = (...logs: readonly LogBuilder[]): Files => ({
  ...numbered('s/mysql-bin', logs),
  's/mysql-bin.index': index(...logs.map((_, i) => nameOf('mysql-bin', i))),
  's/auto.cnf': autoCnf(SOURCE),
});

/** Folder `r` of the replica: its relay logs and own binary logs, from 000001 on. */
export const replicaFiles = (
  relays: readonly RelayLog[],
  logs: readonly LogBuilder[],
  master: MasterInfo | null = null,
): Files => ({
  ...numbered('r/relay-bin', relays),
  ...numbered('r/replica-bin', logs),
  'r/auto.cnf': autoCnf(REPLICA),
  ...(master ? { 'r/master.info': masterInfo(master) } : {}),
});

const nameOf = (base: string, i: number): string => `${base}.${String(i + 1).padStart(6, '0')}`;

const numbered = (base: string, logs: readonly (LogBuilder | RelayLog)[]): Files =>
  Object.fromEntries(logs.map((log, i) => [nameOf(base, i), log]));
