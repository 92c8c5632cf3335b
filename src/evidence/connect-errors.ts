/** What keeps a receiver from connecting, by the number of the error. */
export const CONNECT_CLASSES = {
  tls: 'the TLS handshake',
  network: 'the network, or a source that does not run or listen',
  name: 'the name of the source’s host, which is not resolved',
  account: 'the account that the replica logs in with',
  host: 'the address that the replica comes from',
  limit: 'a limit on connections at the source',
  plugin: 'the account’s authentication plugin',
  other: 'something else',
} as const;

export type ConnectClass = keyof typeof CONNECT_CLASSES;

/** MySQL include/errmsg.h (2000 ff), sql/share/errmsg.txt; MariaDB the same numbers. */
const CLASSES: ReadonlyMap<number, ConnectClass> = new Map([
  [2026, 'tls'], // CR_SSL_CONNECTION_ERROR
  [2001, 'network'], // CR_SOCKET_CREATE_ERROR
  [2002, 'network'], // CR_CONNECTION_ERROR
  [2003, 'network'], // CR_CONN_HOST_ERROR
  [2004, 'network'], // CR_IPSOCK_ERROR
  [2006, 'network'], // CR_SERVER_GONE_ERROR
  [2012, 'network'], // CR_SERVER_HANDSHAKE_ERR
  [2013, 'network'], // CR_SERVER_LOST
  [2055, 'network'], // CR_SERVER_LOST_EXTENDED
  [2005, 'name'], // CR_UNKNOWN_HOST
  [1044, 'account'], // ER_DBACCESS_DENIED_ERROR
  [1045, 'account'], // ER_ACCESS_DENIED_ERROR
  [1698, 'account'], // ER_ACCESS_DENIED_NO_PASSWORD_ERROR
  [1820, 'account'], // ER_MUST_CHANGE_PASSWORD
  [1862, 'account'], // ER_MUST_CHANGE_PASSWORD_LOGIN
  [3118, 'account'], // ER_ACCOUNT_HAS_BEEN_LOCKED
  [1129, 'host'], // ER_HOST_IS_BLOCKED
  [1130, 'host'], // ER_HOST_NOT_PRIVILEGED
  [1040, 'limit'], // ER_CON_COUNT_ERROR
  [1203, 'limit'], // ER_TOO_MANY_USER_CONNECTIONS
  [1226, 'limit'], // ER_USER_LIMIT_REACHED
  [1251, 'plugin'], // ER_NOT_SUPPORTED_AUTH_MODE
  [2059, 'plugin'], // CR_AUTH_PLUGIN_CANNOT_LOAD
  [2061, 'plugin'], // CR_AUTH_PLUGIN_ERR
]);

export const connectClass = (errorNumber: number | null): ConnectClass =>
  (errorNumber === null ? undefined : CLASSES.get(errorNumber)) ?? 'other';

/** Nothing came, or the connection ended: communication and connection errors, no answer of a source. */
const NETWORK_ERRORS: ReadonlySet<number> = new Set([
  1053, // ER_SERVER_SHUTDOWN
  1158, // ER_NET_READ_ERROR
  1159, // ER_NET_READ_INTERRUPTED
  1160, // ER_NET_ERROR_ON_WRITE
  1161, // ER_NET_WRITE_INTERRUPTED
  1184, // ER_NEW_ABORTING_CONNECTION
  1927, // ER_CONNECTION_KILLED
  2002, // CR_CONNECTION_ERROR
  2003, // CR_CONN_HOST_ERROR
  2006, // CR_SERVER_GONE_ERROR
  2013, // CR_SERVER_LOST
  2055, // CR_SERVER_LOST_EXTENDED
]);

export const isNetworkError = (errorNumber: number | null | undefined): boolean =>
  errorNumber !== null && errorNumber !== undefined && NETWORK_ERRORS.has(errorNumber);
