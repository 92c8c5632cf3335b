/** What keeps a receiver from connecting, by the number of the error. */
export const CONNECT_CLASSES = {
  tls: 'the TLS handshake',
  'tls-required': 'TLS, which the source demands and the replica does not use',
  network: 'the network, or a source that does not run or listen',
  name: 'the name of the source’s host, which is not resolved',
  account: 'the account that the replica logs in with',
  host: 'the address that the replica comes from',
  limit: 'a limit on connections at the source, or its offline mode',
  plugin: 'the account’s authentication plugin',
  other: 'something else',
} as const;

export type ConnectClass = keyof typeof CONNECT_CLASSES;

/**
 * Numbers of 2000 and above are the client library's (MySQL include/errmsg.h, MariaDB
 * libmariadb/include/errmsg.h), those below and above 3000 the source's answer (MySQL
 * share/messages_to_clients.txt, before 8.0 sql/share/errmsg-utf8.txt; MariaDB
 * sql/share/errmsg-utf8.txt). Read in 8.0.27, 11.8.6 and in the texts of 5.6.24 and 9.7.4. Where the
 * servers differ, the number says which one it is. Not here, as their cause is none of these: 2001
 * and 2004 (the replica gets no socket from its own system) and 2012 (a malformed answer, raised by
 * the authentication plugins).
 */
const CLASSES: ReadonlyMap<number, ConnectClass> = new Map([
  [2026, 'tls'], // CR_SSL_CONNECTION_ERROR
  [3159, 'tls-required'], // ER_SECURE_TRANSPORT_REQUIRED: MySQL 5.7 and later, newer MariaDB
  [2002, 'network'], // CR_CONNECTION_ERROR: of a local socket; libmariadb says it of TCP too
  [2003, 'network'], // CR_CONN_HOST_ERROR
  [2006, 'network'], // CR_SERVER_GONE_ERROR
  [2013, 'network'], // CR_SERVER_LOST
  [2055, 'network'], // CR_SERVER_LOST_EXTENDED
  [2005, 'name'], // CR_UNKNOWN_HOST
  [1044, 'account'], // ER_DBACCESS_DENIED_ERROR
  [1045, 'account'], // ER_ACCESS_DENIED_ERROR, which an account that REQUIREs SSL gives without it too
  [1698, 'account'], // ER_ACCESS_DENIED_NO_PASSWORD_ERROR
  [1820, 'account'], // ER_MUST_CHANGE_PASSWORD
  [1862, 'account'], // ER_MUST_CHANGE_PASSWORD_LOGIN
  [3118, 'account'], // ER_ACCOUNT_HAS_BEEN_LOCKED of MySQL
  [3955, 'account'], // ER_USER_ACCESS_DENIED_FOR_USER_ACCOUNT_BLOCKED_BY_PASSWORD_LOCK: MySQL 8.0
  [4150, 'account'], // ER_USER_IS_BLOCKED of MariaDB 10.4.2: too many wrong passwords
  [4151, 'account'], // ER_ACCOUNT_HAS_BEEN_LOCKED of MariaDB 10.4.3
  [1042, 'host'], // ER_BAD_HOST_ERROR
  [1129, 'host'], // ER_HOST_IS_BLOCKED
  [1130, 'host'], // ER_HOST_NOT_PRIVILEGED
  [1040, 'limit'], // ER_CON_COUNT_ERROR
  [1203, 'limit'], // ER_TOO_MANY_USER_CONNECTIONS
  [1226, 'limit'], // ER_USER_LIMIT_REACHED
  [3032, 'limit'], // ER_SERVER_OFFLINE_MODE
  [1251, 'plugin'], // ER_NOT_SUPPORTED_AUTH_MODE
  [1275, 'plugin'], // ER_SERVER_IS_IN_SECURE_AUTH_MODE: MySQL up to 5.7, MariaDB
  [1524, 'plugin'], // ER_PLUGIN_IS_NOT_LOADED: the source has no such plugin (any more)
  [2049, 'plugin'], // CR_SECURE_AUTH: MySQL up to 5.7, MariaDB
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
