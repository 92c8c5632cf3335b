import { atLeast, type ServerVersion } from './server-version.ts';

/**
 * Seconds of slave_net_timeout where nobody set it: 3600, and 60 from MySQL 5.7.7 and MariaDB 10.2.4
 * on. A server that was upgraded keeps the heartbeat period that it derived from the old one.
 */
export const defaultNetTimeout = (version: ServerVersion): number => {
  const short =
    version.flavor === 'mariadb' ? atLeast(version, 10, 2, 4) : atLeast(version, 5, 7, 7);
  return short ? 60 : 3600;
};
