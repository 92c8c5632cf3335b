import { FieldReader } from '../../bytes/field-reader.ts';
import { MalformedError } from '../../bytes/malformed-error.ts';

/** `fd 62 69 6e`, the first bytes of an encrypted log. */
export const MYSQL_ENCRYPTED_MAGIC = 'fd62696e';

/** The header's size: the plain log begins behind it, and no position counts it. */
export const MYSQL_HEADER_BYTES = 512;

const MAGIC_BYTES = 4;
const VERSION = 1;
const PASSWORD_BYTES = 32;
const IV_BYTES = 16;

/** Field types (`Rpl_encryption_header_v1`): a key id has a length byte, the others have none. */
const FIELD = { END: 0, KEY_ID: 1, PASSWORD: 2, IV: 3 } as const;

/** Which key of which server a log asks for: readable without any key. */
export interface MysqlLogKey {
  /** `MySQLReplicationKey_<server uuid>_<sequence>`. */
  readonly keyId: string;
  /** Null when the id is not of that form. */
  readonly serverUuid: string | null;
  /** Grows with `ALTER INSTANCE ROTATE BINLOG MASTER KEY`. */
  readonly sequence: number | null;
}

export interface MysqlLogHeader extends MysqlLogKey {
  /** 32 bytes, encrypted with the key. */
  readonly encryptedPassword: Buffer;
  /** 16 bytes: the IV of that encryption. */
  readonly iv: Buffer;
}

const KEY_ID = /^MySQLReplicationKey_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})_(\d{1,10})$/i;

const describeKey = (keyId: string): MysqlLogKey => {
  const [, serverUuid = null, sequence] = KEY_ID.exec(keyId) ?? [];
  return { keyId, serverUuid, sequence: sequence === undefined ? null : Number(sequence) };
};

/** The fields as far as they go, and why they do not go on. */
const readFields = (head: Buffer, file: string) => {
  const fields = new FieldReader(head.subarray(0, MYSQL_HEADER_BYTES), { file, base: 0 });
  let keyId: string | null = null;
  let password: Buffer | null = null;
  let iv: Buffer | null = null;
  let fault: MalformedError | null = null;
  try {
    fields.skip('magic', MAGIC_BYTES);
    const version = fields.u8('version');
    if (version !== VERSION) throw fields.malformed('version', `${version} is not known here`);
    for (let more = true; more && fields.remaining > 0; ) {
      const type = fields.u8('field type');
      if (type === FIELD.END) more = false;
      else if (type === FIELD.KEY_ID) keyId = fields.text('key id', fields.u8('key id length'));
      else if (type === FIELD.PASSWORD) password = fields.bytes('file password', PASSWORD_BYTES);
      else if (type === FIELD.IV) iv = fields.bytes('iv', IV_BYTES);
      else throw fields.malformed('field type', `${type} is not known here`);
    }
    if (!keyId || !password || !iv) {
      throw fields.malformed('header', 'key id, file password or IV is missing');
    }
    if (head.length < MYSQL_HEADER_BYTES) {
      throw fields.malformed(
        'header',
        `needs ${MYSQL_HEADER_BYTES} bytes, ${head.length} are there`,
      );
    }
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    fault = error;
  }
  return { keyId, password, iv, fault };
};

/** The key that an encrypted log asks for, also where its header is damaged behind that; else null. */
export const readMysqlLogKey = (head: Buffer): MysqlLogKey | null => {
  const { keyId } = readFields(head, '');
  return keyId === null ? null : describeKey(keyId);
};

/**
 * The header of a log of MySQL 8.0.14+ (`binlog_encryption=ON`) from its first
 * {@link MYSQL_HEADER_BYTES} bytes. Throws a `MalformedError` when it is cut or contradicts itself.
 * Source: MySQL sql/rpl_log_encryption.h `Rpl_encryption_header_v1`.
 */
export const readMysqlLogHeader = (head: Buffer, file: string): MysqlLogHeader => {
  const { keyId, password, iv, fault } = readFields(head, file);
  if (fault) throw fault;
  if (!keyId || !password || !iv) throw new TypeError('a header without fault has all its fields');
  return { ...describeKey(keyId), encryptedPassword: password, iv };
};
