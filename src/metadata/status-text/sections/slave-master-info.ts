import type { MasterInfo, MasterInfoField } from '../../master-info.ts';
import { countedIds, integer, isSet, name, seconds, yesOrNo } from '../cell-value.ts';
import { column, defineSection, type RowFrame } from '../define-section.ts';

const COLUMNS = {
  lineCount: column(integer, 'Number_of_lines'),
  sourceLogFile: column(name, 'Master_log_name'),
  readPosition: column(integer, 'Master_log_pos'),
  host: column(name, 'Host'),
  user: column(name, 'User_name'),
  hasPassword: column(isSet, 'User_password'),
  port: column(integer, 'Port'),
  connectRetry: column(integer, 'Connect_retry'),
  ssl: column(yesOrNo, 'Enabled_ssl'),
  sslCa: column(name, 'Ssl_ca'),
  sslCapath: column(name, 'Ssl_capath'),
  sslCert: column(name, 'Ssl_cert'),
  sslCipher: column(name, 'Ssl_cipher'),
  sslKey: column(name, 'Ssl_key'),
  sslVerifyServerCert: column(yesOrNo, 'Ssl_verify_server_cert'),
  heartbeatPeriod: column(seconds, 'Heartbeat'),
  bind: column(name, 'Bind'),
  ignoreServerIds: column(countedIds, 'Ignored_server_ids'),
  sourceUuid: column(name, 'Uuid'),
  retryCount: column(integer, 'Retry_count'),
  sslCrl: column(name, 'Ssl_crl'),
  sslCrlpath: column(name, 'Ssl_crlpath'),
  autoPosition: column(yesOrNo, 'Enabled_auto_position'),
  channelName: column(name, 'Channel_name'),
  connectionAutoFailover: column(yesOrNo, 'Source_connection_auto_failover'),
  gtidOnly: column(yesOrNo, 'Gtid_only'),
  tlsVersion: column(name, 'Tls_version'),
  publicKeyPath: column(name, 'Public_key_path'),
  getPublicKey: column(yesOrNo, 'Get_public_key'),
  networkNamespace: column(name, 'Network_namespace'),
  compressionAlgorithm: column(name, 'Master_compression_algorithm'),
  zstdCompressionLevel: column(integer, 'Master_zstd_compression_level'),
  tlsCiphersuites: column(name, 'Tls_ciphersuites'),
} as const;

type Fields = keyof typeof COLUMNS;

/** One channel's `mysql.slave_master_info`: what its master.info would hold, and where it stands. */
export interface SlaveMasterInfo extends MasterInfo, Omit<RowFrame<Fields>, 'offsets'> {
  readonly offsets: Readonly<Partial<Record<MasterInfoField, number>>>;
}

/** The table that holds a receiver's settings in MySQL (`Rpl_info_table`); 5.6 and later. */
export const slaveMasterInfo = defineSection({
  kind: 'slave-master-info',
  columns: COLUMNS,
  recognises: (has) => has('Master_log_name', 'Master_log_pos', 'Host', 'User_name'),
  complete: (row): SlaveMasterInfo => ({
    ...row,
    layout: 'mysql',
    sourceLogFile: row.sourceLogFile ?? '',
    hasPassword: row.hasPassword ?? false,
    sourceUuid: row.sourceUuid || null,
    usingGtid: null,
    doDomainIds: null,
    ignoreDomainIds: null,
    defaults: [],
  }),
});
