import { integer, name, oneOf, seconds, yesOrNo } from '../cell-value.ts';
import { column, defineSection, type RowOf } from '../define-section.ts';

const COLUMNS = {
  channelName: column(name, 'CHANNEL_NAME'),
  host: column(name, 'HOST'),
  port: column(integer, 'PORT'),
  user: column(name, 'USER'),
  bind: column(name, 'NETWORK_INTERFACE'),
  autoPosition: column(yesOrNo, 'AUTO_POSITION'),
  sslAllowed: column(oneOf('yes', 'no', 'ignored'), 'SSL_ALLOWED'),
  sslCa: column(name, 'SSL_CA_FILE'),
  sslCapath: column(name, 'SSL_CA_PATH'),
  sslCert: column(name, 'SSL_CERTIFICATE'),
  sslCipher: column(name, 'SSL_CIPHER'),
  sslKey: column(name, 'SSL_KEY'),
  sslVerifyServerCert: column(yesOrNo, 'SSL_VERIFY_SERVER_CERTIFICATE'),
  sslCrl: column(name, 'SSL_CRL_FILE'),
  sslCrlpath: column(name, 'SSL_CRL_PATH'),
  /** Seconds. */
  connectRetry: column(integer, 'CONNECTION_RETRY_INTERVAL'),
  retryCount: column(integer, 'CONNECTION_RETRY_COUNT'),
  /** Seconds. */
  heartbeatPeriod: column(seconds, 'HEARTBEAT_INTERVAL'),
  tlsVersion: column(name, 'TLS_VERSION'),
  publicKeyPath: column(name, 'PUBLIC_KEY_PATH'),
  getPublicKey: column(yesOrNo, 'GET_PUBLIC_KEY'),
  networkNamespace: column(name, 'NETWORK_NAMESPACE'),
  compressionAlgorithm: column(name, 'COMPRESSION_ALGORITHM'),
  zstdCompressionLevel: column(integer, 'ZSTD_COMPRESSION_LEVEL'),
  tlsCiphersuites: column(name, 'TLS_CIPHERSUITES'),
  connectionAutoFailover: column(yesOrNo, 'SOURCE_CONNECTION_AUTO_FAILOVER'),
  gtidOnly: column(yesOrNo, 'GTID_ONLY'),
} as const;

/** How one channel's receiver is to connect. */
export type ConnectionConfiguration = RowOf<typeof COLUMNS>;

/** `performance_schema.replication_connection_configuration` (MySQL 5.7+). */
export const connectionConfiguration = defineSection({
  kind: 'connection-configuration',
  columns: COLUMNS,
  recognises: (has) => has('CHANNEL_NAME', 'HOST', 'CONNECTION_RETRY_INTERVAL'),
});
