import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readKeyStore } from '../../../src/binlog/encryption/read-key-store.ts';

export const FILES = join(import.meta.dirname, 'files');
const SAMPLE = join(import.meta.dirname, '../../../samples/encrypted-mysql-9.7/files/ha');

const bytesOf = (path: string): Buffer => readFileSync(join(FILES, path));

export const keysOf = (file: string, password?: string) =>
  readKeyStore(bytesOf(file), {
    file,
    ...(password === undefined ? {} : { password: bytesOf(password) }),
  });

/** A log of a real server: as it lies on its disk, and as the server sent it. */
export interface RealLog {
  readonly name: string;
  readonly encrypted: Buffer;
  readonly plain: Buffer;
  readonly keys: () => ReturnType<typeof keysOf>;
  /** Bytes that the server changed when it sent the log: flags, and the checksum over one of them. */
  readonly changed: readonly number[];
}

const mysql = (name: string, changed: readonly number[] = []): RealLog => ({
  name: `mysql-9.7 ${name}`,
  encrypted: readFileSync(join(SAMPLE, name)),
  plain: bytesOf(`mysql-9.7/plain/${name}`),
  keys: () => keysOf('mysql-9.7/component_keyring_file'),
  changed,
});

/** In-use flag of the format description. */
const IN_USE = 21;
/** Ignorable flag of Start_encryption, and the checksum over it. */
const IGNORABLE = 273;
const CHECKSUM = [292, 293, 294, 295];

export const mysqlLogs: readonly RealLog[] = [
  mysql('mysql-bin.000001'),
  mysql('mysql-bin.000002'),
  mysql('mysql-bin.000004', [IN_USE]),
];

const withoutChecksums = (mode: string): RealLog => ({
  name: `mariadb-10.11-no-checksums ${mode}`,
  encrypted: bytesOf(`mariadb-10.11-no-checksums/${mode}.000002`),
  plain: bytesOf(`mariadb-10.11-no-checksums/${mode}.000002.plain`),
  keys: () =>
    keysOf('mariadb-10.11-no-checksums/keys.enc', 'mariadb-10.11-no-checksums/password.txt'),
  changed: [IGNORABLE],
});

export const mariadbLogs: readonly RealLog[] = [
  {
    name: 'mariadb-11.8',
    encrypted: bytesOf('mariadb-11.8/mysql-bin.000001'),
    plain: bytesOf('mariadb-11.8/mysql-bin.000001.plain'),
    keys: () => keysOf('mariadb-11.8/file_key_management.txt'),
    changed: [IN_USE, IGNORABLE, ...CHECKSUM],
  },
  {
    name: 'mariadb-10.11-ctr',
    encrypted: bytesOf('mariadb-10.11-ctr/mysql-bin.000001'),
    plain: bytesOf('mariadb-10.11-ctr/mysql-bin.000001.plain'),
    keys: () => keysOf('mariadb-10.11-ctr/keys.txt'),
    changed: [IGNORABLE, ...CHECKSUM],
  },
  withoutChecksums('ctr'),
  withoutChecksums('cbc'),
];
