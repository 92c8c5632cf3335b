import type { TextLine } from './text-lines.ts';

/**
 * The `key=value` lines of a MariaDB master.info, by the field they set (12.3:
 * `Master_info_file::VALUE_MAP`; before, the last three alone, `init_master_info`).
 */
export const MASTER_INFO_KEYS = {
  connectRetry: 'connect_retry',
  ssl: 'ssl',
  sslCa: 'ssl_ca',
  sslCapath: 'ssl_capath',
  sslCert: 'ssl_cert',
  sslCipher: 'ssl_cipher',
  sslKey: 'ssl_key',
  sslCrl: 'ssl_crl',
  sslCrlpath: 'ssl_crlpath',
  sslVerifyServerCert: 'ssl_verify_server_cert',
  heartbeatPeriod: 'heartbeat_period',
  retryCount: 'retry_count',
  usingGtid: 'using_gtid',
  doDomainIds: 'do_domain_ids',
  ignoreDomainIds: 'ignore_domain_ids',
} as const;

const KNOWN: ReadonlySet<string> = new Set(Object.values(MASTER_INFO_KEYS));
const END_MARKER = 'END_MARKER';

export interface MasterInfoKeys {
  /** The line of each key that is there, its text what follows `=`; null for a key without `=`. */
  readonly lines: ReadonlyMap<string, TextLine | null>;
  /** The line that the file ends in, when no END_MARKER came before it. */
  readonly cut: TextLine | null;
}

/**
 * Reads key lines up to the first END_MARKER, as the server does: a key's first line counts (10.0
 * wrote no END_MARKER before older content), unknown and malformed lines are passed over.
 */
export const readMasterInfoKeys = (lines: readonly TextLine[]): MasterInfoKeys => {
  const found = new Map<string, TextLine | null>();
  for (const line of lines) {
    const equals = line.text.indexOf('=');
    const key = equals < 0 ? line.text : line.text.slice(0, equals);
    if (key === END_MARKER) break;
    if (!line.terminated) return { lines: found, cut: line };
    if (!KNOWN.has(key) || found.has(key)) continue;
    found.set(key, equals < 0 ? null : { ...line, text: line.text.slice(equals + 1) });
  }
  return { lines: found, cut: null };
};
