import { ERROR } from '../metadata/error-log/error-symbols.ts';

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
  [ERROR.CR_SSL_CONNECTION_ERROR, 'tls'],
  [ERROR.ER_SECURE_TRANSPORT_REQUIRED, 'tls-required'], // MySQL 5.7 and later, newer MariaDB
  [ERROR.CR_CONNECTION_ERROR, 'network'], // of a local socket; libmariadb says it of TCP too
  [ERROR.CR_CONN_HOST_ERROR, 'network'],
  [ERROR.CR_SERVER_GONE_ERROR, 'network'],
  [ERROR.CR_SERVER_LOST, 'network'],
  [ERROR.CR_SERVER_LOST_EXTENDED, 'network'],
  [ERROR.CR_UNKNOWN_HOST, 'name'],
  [ERROR.ER_DBACCESS_DENIED_ERROR, 'account'],
  [ERROR.ER_ACCESS_DENIED_ERROR, 'account'], // which an account that REQUIREs SSL gives without it too
  [ERROR.ER_ACCESS_DENIED_NO_PASSWORD_ERROR, 'account'],
  [ERROR.ER_MUST_CHANGE_PASSWORD, 'account'],
  [ERROR.ER_MUST_CHANGE_PASSWORD_LOGIN, 'account'],
  [ERROR.ER_ACCOUNT_HAS_BEEN_LOCKED, 'account'], // MySQL
  [ERROR.ER_USER_ACCESS_DENIED_FOR_USER_ACCOUNT_BLOCKED_BY_PASSWORD_LOCK, 'account'], // MySQL 8.0
  [ERROR.ER_USER_IS_BLOCKED, 'account'], // MariaDB 10.4.2: too many wrong passwords
  [ERROR.MARIADB_ER_ACCOUNT_HAS_BEEN_LOCKED, 'account'], // MariaDB 10.4.3
  [ERROR.ER_BAD_HOST_ERROR, 'host'],
  [ERROR.ER_HOST_IS_BLOCKED, 'host'],
  [ERROR.ER_HOST_NOT_PRIVILEGED, 'host'],
  [ERROR.ER_CON_COUNT_ERROR, 'limit'],
  [ERROR.ER_TOO_MANY_USER_CONNECTIONS, 'limit'],
  [ERROR.ER_USER_LIMIT_REACHED, 'limit'],
  [ERROR.ER_SERVER_OFFLINE_MODE, 'limit'],
  [ERROR.ER_NOT_SUPPORTED_AUTH_MODE, 'plugin'],
  [ERROR.ER_SERVER_IS_IN_SECURE_AUTH_MODE, 'plugin'], // MySQL up to 5.7, MariaDB
  [ERROR.ER_PLUGIN_IS_NOT_LOADED, 'plugin'], // the source has no such plugin (any more)
  [ERROR.CR_SECURE_AUTH, 'plugin'], // MySQL up to 5.7, MariaDB
  [ERROR.CR_AUTH_PLUGIN_CANNOT_LOAD, 'plugin'],
  [ERROR.CR_AUTH_PLUGIN_ERR, 'plugin'],
]);

export const connectClass = (errorNumber: number | null): ConnectClass =>
  (errorNumber === null ? undefined : CLASSES.get(errorNumber)) ?? 'other';

/** Nothing came, or the connection ended: communication and connection errors, no answer of a source. */
const NETWORK_ERRORS: ReadonlySet<number> = new Set([
  ERROR.ER_SERVER_SHUTDOWN,
  ERROR.ER_NET_READ_ERROR,
  ERROR.ER_NET_READ_INTERRUPTED,
  ERROR.ER_NET_ERROR_ON_WRITE,
  ERROR.ER_NET_WRITE_INTERRUPTED,
  ERROR.ER_NEW_ABORTING_CONNECTION,
  ERROR.ER_CONNECTION_KILLED,
  ERROR.CR_CONNECTION_ERROR,
  ERROR.CR_CONN_HOST_ERROR,
  ERROR.CR_SERVER_GONE_ERROR,
  ERROR.CR_SERVER_LOST,
  ERROR.CR_SERVER_LOST_EXTENDED,
]);

export const isNetworkError = (errorNumber: number | null | undefined): boolean =>
  errorNumber !== null && errorNumber !== undefined && NETWORK_ERRORS.has(errorNumber);
