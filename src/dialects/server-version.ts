export type Flavor = 'mysql' | 'mariadb';

/** A server version as its format description event names it. */
export interface ServerVersion {
  /** As written: `9.7.4-2`, `10.11.19-MariaDB-0+deb12u1-log`. */
  readonly text: string;
  readonly flavor: Flavor;
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/**
 * Splits a server version as the servers do (MariaDB `master_version_split`, MySQL
 * `do_server_version_split`): three numbers, and MariaDB when its name follows. MariaDB 10+ may
 * carry the handshake prefix `5.5.5-`. Null when no three numbers lead the text.
 */
export const parseServerVersion = (text: string): ServerVersion | null => {
  const flavor = /mariadb|-maria-/i.test(text) ? 'mariadb' : 'mysql';
  const numbers = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})/.exec(text.replace(/^5\.5\.5-(?=\d+\.\d)/, ''));
  if (!numbers) return null;
  return {
    text,
    flavor,
    major: Number(numbers[1]),
    minor: Number(numbers[2]),
    patch: Number(numbers[3]),
  };
};

/** Negative, zero or positive as `version` is older than, equal to or newer than the three numbers. */
export const compareVersion = (
  version: ServerVersion,
  major: number,
  minor = 0,
  patch = 0,
): number => version.major - major || version.minor - minor || version.patch - patch;

export const atLeast = (version: ServerVersion, major: number, minor = 0, patch = 0): boolean =>
  compareVersion(version, major, minor, patch) >= 0;
