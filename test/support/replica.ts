import type { Fix } from '../../src/rules/finding.ts';
import { LogBuilder } from './build-log.ts';
import { binaryLog, RelayLog, type Transaction, times, VERSION, write } from './relay-log.ts';
import { type Files, outcomeOf } from './scan-bytes.ts';
import {
  type MasterInfo,
  mariadbMasterInfo,
  masterInfo,
  type RelayLogInfo,
  relayLogInfo,
} from './status-files.ts';

/** Where a transaction ends in the relay log, and in the source's log. */
export interface Place {
  readonly offset: number;
  readonly position: number;
}

/** A relay log of this many transactions, and the places between them; `places[0]` is before the first. */
export interface Received {
  readonly relay: RelayLog;
  readonly places: readonly Place[];
}

export const transaction = (i: number, more: Transaction = {}): Transaction => ({
  sql: `INSERT INTO orders VALUES (${i})`,
  xid: 50 + i,
  ...more,
});

export const received = (
  count: number,
  {
    version = VERSION.mysql56,
    position = 700,
    source = 1,
  }: { readonly version?: string; readonly position?: number; readonly source?: number } = {},
): Received => {
  const relay = new RelayLog({ version }).connect({ position, source });
  const places: Place[] = [{ offset: relay.length, position: relay.position }];
  times(count, (i) => {
    relay.write(transaction(i));
    places.push({ offset: relay.length, position: relay.position });
  });
  return { relay, places };
};

export const placeOf = ({ places }: Received, i: number): Place => {
  const place = places.at(i);
  if (!place) throw new Error(`no place ${i}`);
  return place;
};

/** The replica's own binary log (log_slave_updates) with the first transactions of what it received. */
export const logged = (count: number, version: string = VERSION.mysql56): LogBuilder => {
  const log = binaryLog({ serverId: 2, version });
  times(count, (i) => write(log, transaction(i, { serverId: 1, xid: 500 + i })));
  return log;
};

export interface Recorded {
  readonly info?: RelayLogInfo | null;
  readonly master?: MasterInfo | null;
  readonly binlog?: LogBuilder | RelayLog;
  readonly mariadb?: boolean;
}

/** One replica's folder. */
export const replica = (
  relay: RelayLog,
  { info = null, master = {}, binlog, mariadb = false }: Recorded,
  more: Files = {},
): Files => ({
  'r/relay-bin.000002': relay,
  ...(info ? { 'r/relay-log.info': relayLogInfo(info) } : {}),
  ...(master ? { 'r/master.info': (mariadb ? mariadbMasterInfo : masterInfo)(master) } : {}),
  ...(binlog ? { 'r/replica-bin.000001': binlog } : {}),
  ...more,
});

/** Statements of the fix of a rule's only finding; the reason where it is withheld. */
/** The whole fix of the only finding. */
export const wholeFixOf = (rule: string, files: Files): Fix => {
  const outcome = outcomeOf(rule, files);
  const [judged] = outcome.status === 'found' ? outcome.findings : [];
  if (!judged?.fix) throw new Error(`${rule}: ${outcome.status}, no fix`);
  return judged.fix;
};

export const fixOf = (
  rule: string,
  files: Files,
): { readonly run: readonly string[]; readonly withheld: string | null } => {
  const { steps, withheld } = wholeFixOf(rule, files);
  return { run: steps.map(({ run }) => run), withheld };
};

export const foundOf = (rule: string, files: Files) => {
  const outcome = outcomeOf(rule, files);
  if (outcome.status !== 'found' || outcome.findings.length !== 1 || !outcome.findings[0])
    throw new Error(`${rule}: ${outcome.status}`);
  return outcome.findings[0].found;
};
