import { baseName } from '../binlog/coordinates.ts';
import type { MetadataDocument } from '../metadata/index.ts';
import type { MasterInfo } from '../metadata/master-info.ts';
import type { RelayLogInfo } from '../metadata/relay-log-info.ts';
import type { ReplicaStatus } from '../metadata/status-text/sections/replica-status.ts';
import { type Observation, type Observations, rowsOf } from './observations.ts';

/** What takes the place of a channel's info files where a server has none, or none were given. */
export interface StandIns {
  readonly channel: string;
  readonly masterInfo: MetadataDocument<'master-info'> | null;
  readonly relayLogInfo: MetadataDocument<'relay-log-info'> | null;
  /** Of a parallel applier. */
  readonly workers: readonly MetadataDocument<'worker-info'>[];
  /** Server id of the source; null while the replica does not know it. */
  readonly sourceId: number | null;
}

/**
 * The info tables, or else the replica status, of each channel. Several moments that tell of different
 * places, without their times, stand in for nothing: nobody knows which of them goes with the logs.
 * Of a status, each thread's position counts where that thread stood still: the other one's moves on.
 * An applier that stands elsewhere than its table says is where the status shows it: by a Rotate it
 * moves without writing the table (5.7.30, after a crash), and that place is what STOP will show.
 */
export const standIns = (observed: Observations): readonly StandIns[] => {
  const statuses = rowsOf(observed, 'replica-status');
  const masters = rowsOf(observed, 'slave-master-info');
  const appliers = rowsOf(observed, 'slave-relay-log-info');
  const workers = rowsOf(observed, 'slave-worker-info');
  const names = new Set(
    [...statuses, ...masters, ...appliers].map(({ row }) => row.channelName ?? ''),
  );
  return [...names].map((channel) => {
    const isIts = ({
      row,
    }: Observation<
      'replica-status' | 'slave-master-info' | 'slave-relay-log-info' | 'slave-worker-info'
    >) => (row.channelName ?? '') === channel;
    const status = newest(statuses.filter(isIts), placeOfStatus);
    const master = newest(
      masters.filter(isIts),
      ({ sourceLogFile, readPosition }) => `${sourceLogFile}:${readPosition}`,
    );
    const applier = newest(
      appliers.filter(isIts),
      ({ sourceLogFile, sourceLogPos }) => `${sourceLogFile}:${sourceLogPos}`,
    );
    return {
      channel,
      masterInfo: master
        ? documentOf('master-info', master.path, 'mysql.slave_master_info', master.row)
        : status && masterInfoOf(status),
      relayLogInfo: applier
        ? (standsElsewhere(applier, status) ??
          documentOf('relay-log-info', applier.path, 'mysql.slave_relay_log_info', applier.row))
        : status && relayLogInfoOf(status),
      workers: ofOneMoment(workers.filter(isIts)).map(({ path, row }) =>
        documentOf('worker-info', path, 'mysql.slave_worker_info', row),
      ),
      sourceId: status?.row.sourceServerId || null,
    };
  });
};

const placeOfStatus = (row: ReplicaStatus): string =>
  [
    row.readSourceLogFile,
    row.readSourceLogPos,
    row.appliedSourceLogFile,
    row.appliedSourceLogPos,
  ].join(':');

/** The last one; null where several tell of different places and not all of them say when. */
const newest = <K extends 'replica-status' | 'slave-master-info' | 'slave-relay-log-info'>(
  moments: readonly Observation<K>[],
  place: (row: Observation<K>['row']) => string,
): Observation<K> | null => {
  const places = new Set(moments.map(({ row }) => place(row)));
  if (places.size > 1 && moments.some(({ takenAt }) => takenAt === null)) return null;
  return moments.at(-1) ?? null;
};

/** Rows of several moments tell of no one: which bit is whose is not known. */
const ofOneMoment = (
  rows: readonly Observation<'slave-worker-info'>[],
): readonly Observation<'slave-worker-info'>[] =>
  new Set(rows.map(({ row }) => row.id)).size === rows.length ? rows : [];

const documentOf = <K extends 'master-info' | 'relay-log-info' | 'worker-info'>(
  kind: K,
  path: string,
  standsIn: string,
  value: MetadataDocument<K>['value'],
): MetadataDocument<K> =>
  ({ kind, path, standsIn, value, problems: [] }) as unknown as MetadataDocument<K>;

/** How the statement is called in the words that the text itself has. */
const statementOf = ({ dialect }: ReplicaStatus): string =>
  dialect.words === 'source-replica' ? 'SHOW REPLICA STATUS' : 'SHOW SLAVE STATUS';

const masterInfoOf = ({
  path,
  row,
}: Observation<'replica-status'>): MetadataDocument<'master-info'> => {
  const stopped = row.receiverRunning === 'no';
  const { offsets } = row;
  const value: MasterInfo = {
    lineCount: null,
    layout: row.dialect.flavor === 'mariadb' ? 'mariadb' : 'mysql',
    sourceLogFile: stopped ? (row.readSourceLogFile ?? '') : '',
    readPosition: stopped ? row.readSourceLogPos : null,
    host: row.sourceHost,
    user: row.sourceUser,
    hasPassword: false,
    port: row.sourcePort,
    connectRetry: row.connectRetry,
    ssl: row.sslAllowed === null ? null : row.sslAllowed === 'yes',
    sslCa: row.sslCa,
    sslCapath: row.sslCapath,
    sslCert: row.sslCert,
    sslCipher: row.sslCipher,
    sslKey: row.sslKey,
    sslVerifyServerCert: row.sslVerifyServerCert,
    heartbeatPeriod: row.heartbeatPeriod,
    bind: row.bind,
    ignoreServerIds: row.ignoreServerIds,
    sourceUuid: row.sourceUuid,
    retryCount: row.retryCount,
    sslCrl: row.sslCrl,
    sslCrlpath: row.sslCrlpath,
    autoPosition: row.autoPosition,
    channelName: row.channelName,
    connectionAutoFailover: null,
    gtidOnly: null,
    usingGtid: row.usingGtid,
    doDomainIds: row.doDomainIds,
    ignoreDomainIds: row.ignoreDomainIds,
    defaults: [],
    offsets: {
      ...(offsets.readSourceLogPos === undefined ? {} : { readPosition: offsets.readSourceLogPos }),
      ...(offsets.ignoreServerIds === undefined
        ? {}
        : { ignoreServerIds: offsets.ignoreServerIds }),
    },
  };
  return documentOf('master-info', path, statementOf(row), value);
};

const relayLogInfoOf = ({
  path,
  row,
}: Observation<'replica-status'>): MetadataDocument<'relay-log-info'> | null => {
  if (row.applierRunning !== 'no') return null;
  const { offsets } = row;
  const value: RelayLogInfo = {
    lineCount: null,
    relayLogFile: row.relayLogFile ?? '',
    relayLogPos: row.relayLogPos,
    sourceLogFile: row.appliedSourceLogFile ?? '',
    sourceLogPos: row.appliedSourceLogPos,
    sqlDelay: row.delay,
    workers: null,
    channelName: row.channelName,
    offsets: {
      ...(offsets.relayLogPos === undefined ? {} : { relayLogPos: offsets.relayLogPos }),
      ...(offsets.appliedSourceLogPos === undefined
        ? {}
        : { sourceLogPos: offsets.appliedSourceLogPos }),
    },
  };
  return documentOf('relay-log-info', path, statementOf(row), value);
};

/** The applier as a status shows it standing, where its table names another place; the workers are the table's. */
const standsElsewhere = (
  { row: table }: Observation<'slave-relay-log-info'>,
  status: Observation<'replica-status'> | null,
): MetadataDocument<'relay-log-info'> | null => {
  const shown = status && relayLogInfoOf(status);
  if (!shown || shown.value.relayLogPos === null || shown.value.sourceLogPos === null) return null;
  const { relayLogFile, relayLogPos, sourceLogFile, sourceLogPos } = shown.value;
  const isSame =
    baseName(relayLogFile) === baseName(table.relayLogFile) &&
    relayLogPos === table.relayLogPos &&
    sourceLogFile === table.sourceLogFile &&
    sourceLogPos === table.sourceLogPos;
  return isSame ? null : { ...shown, value: { ...shown.value, workers: table.workers } };
};
