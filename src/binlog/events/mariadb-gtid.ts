import type { FieldReader } from '../../bytes/field-reader.ts';
import { defineEvent } from '../define-event.ts';
import type { FlagTable } from '../flag-names.ts';

/** Bits of `flags`. Source: MariaDB sql/log_event.h `Gtid_log_event::FL_*`. */
export const MARIADB_GTID_FLAG = {
  /** One event makes the whole group: no COMMIT follows. */
  STANDALONE: 1,
  GROUP_COMMIT_ID: 2,
  TRANSACTIONAL: 4,
  ALLOW_PARALLEL: 8,
  WAITED: 16,
  DDL: 32,
  PREPARED_XA: 64,
  COMPLETED_XA: 128,
} as const;

/** Bits of `flagsExtra`. Source: MariaDB sql/log_event.h `Gtid_log_event::FL_*_E1`. */
export const MARIADB_GTID_FLAG_EXTRA = {
  MULTI_ENGINE: 1,
  START_ALTER: 2,
  COMMIT_ALTER: 4,
  ROLLBACK_ALTER: 8,
  THREAD_ID: 16,
} as const;

/** The bits of `flags` and of `flagsExtra` as the server's header calls them. */
export const MARIADB_GTID_FLAGS: FlagTable = [
  [MARIADB_GTID_FLAG.STANDALONE, 'FL_STANDALONE'],
  [MARIADB_GTID_FLAG.GROUP_COMMIT_ID, 'FL_GROUP_COMMIT_ID'],
  [MARIADB_GTID_FLAG.TRANSACTIONAL, 'FL_TRANSACTIONAL'],
  [MARIADB_GTID_FLAG.ALLOW_PARALLEL, 'FL_ALLOW_PARALLEL'],
  [MARIADB_GTID_FLAG.WAITED, 'FL_WAITED'],
  [MARIADB_GTID_FLAG.DDL, 'FL_DDL'],
  [MARIADB_GTID_FLAG.PREPARED_XA, 'FL_PREPARED_XA'],
  [MARIADB_GTID_FLAG.COMPLETED_XA, 'FL_COMPLETED_XA'],
];
export const MARIADB_GTID_FLAGS_EXTRA: FlagTable = [
  [MARIADB_GTID_FLAG_EXTRA.MULTI_ENGINE, 'FL_EXTRA_MULTI_ENGINE_E1'],
  [MARIADB_GTID_FLAG_EXTRA.START_ALTER, 'FL_START_ALTER_E1'],
  [MARIADB_GTID_FLAG_EXTRA.COMMIT_ALTER, 'FL_COMMIT_ALTER_E1'],
  [MARIADB_GTID_FLAG_EXTRA.ROLLBACK_ALTER, 'FL_ROLLBACK_ALTER_E1'],
  [MARIADB_GTID_FLAG_EXTRA.THREAD_ID, 'FL_EXTRA_THREAD_ID'],
];

const readXid = (f: FieldReader) => {
  const formatId = f.u32('formatID');
  const gtridLength = f.u8('gtrid_length');
  const bqualLength = f.u8('bqual_length');
  return {
    formatId,
    gtrid: f.bytes('gtrid', gtridLength),
    bqual: f.bytes('bqual', bqualLength),
  };
};

/**
 * The start and identity of a MariaDB event group: it stands for BEGIN too. Of `domain-server-seq`
 * the server is the event header's. Absent parts are null. The end is padded with zeros.
 */
export const mariadbGtid = defineEvent({
  name: 'mariadb-gtid',
  codes: [162],
  source: 'MariaDB sql/log_event.h Gtid_log_event',
  read: (f, context) => {
    const sequence = f.u64('seq_no');
    const domain = f.u32('domain_id');
    const flags = f.u8('flags2');
    const has = (bits: number) => (flags & bits) !== 0;
    const commitId = has(MARIADB_GTID_FLAG.GROUP_COMMIT_ID) ? f.u64('commit_id') : null;
    const xid = has(MARIADB_GTID_FLAG.PREPARED_XA | MARIADB_GTID_FLAG.COMPLETED_XA)
      ? readXid(f)
      : null;
    const flagsExtra = f.remaining > 0 ? f.u8('flags_extra') : 0;
    const hasExtra = (bits: number) => (flagsExtra & bits) !== 0;
    const { MULTI_ENGINE, COMMIT_ALTER, ROLLBACK_ALTER, THREAD_ID } = MARIADB_GTID_FLAG_EXTRA;
    const extraEngines = hasExtra(MULTI_ENGINE) ? f.u8('extra_engines') : null;
    const startAlterSequence = hasExtra(COMMIT_ALTER | ROLLBACK_ALTER) ? f.u64('sa_seq_no') : null;
    const threadId = hasExtra(THREAD_ID) ? f.u32('thread_id') : null;
    return {
      domain,
      server: context.serverId,
      sequence,
      flags,
      commitId,
      xid,
      flagsExtra,
      extraEngines,
      startAlterSequence,
      threadId,
    };
  },
});
