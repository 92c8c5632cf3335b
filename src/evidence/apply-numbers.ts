import { ERROR } from '../metadata/error-log/error-symbols.ts';
import type { ApplyCause } from './apply-cause.ts';

/** What is there already, and what is not there. */
const IS_THERE: ReadonlySet<number> = new Set([
  ERROR.ER_DB_CREATE_EXISTS,
  ERROR.ER_DUP_KEY,
  ERROR.ER_TABLE_EXISTS_ERROR,
  ERROR.ER_DUP_FIELDNAME,
  ERROR.ER_DUP_KEYNAME,
  ERROR.ER_DUP_ENTRY,
  ERROR.ER_DUP_UNIQUE,
  ERROR.ER_DUP_ENTRY_WITH_KEY_NAME,
]);

const OBJECT_MISSING: ReadonlySet<number> = new Set([
  ERROR.ER_DB_DROP_EXISTS,
  ERROR.ER_BAD_DB_ERROR,
  ERROR.ER_BAD_TABLE_ERROR,
  ERROR.ER_NO_SUCH_TABLE,
]);

export const ROW_MISSING: number = ERROR.ER_KEY_NOT_FOUND;

/** Errors whose number tells the cause, or that there is no event to look at, whatever the logs hold. */
const BY_NUMBER: ReadonlyMap<number, ApplyCause> = new Map([
  [ERROR.ER_SLAVE_RELAY_LOG_READ_FAILURE, 'unreadable'], // where its words were left out
  [ERROR.ER_SLAVE_INCIDENT, 'incident'],
  [ERROR.ER_GTID_STRICT_OUT_OF_ORDER, 'out-of-order'],
  [ERROR.ER_LOCK_WAIT_TIMEOUT, 'lock'],
  [ERROR.ER_LOCK_DEADLOCK, 'lock'],
  [ERROR.ER_XA_RBDEADLOCK, 'lock'],
  [ERROR.EE_WRITE, 'no-room'],
  [ERROR.EE_DISK_FULL, 'no-room'],
  [ERROR.ER_DISK_FULL, 'no-room'],
  [ERROR.ER_ERROR_ON_WRITE, 'no-room'],
  [ERROR.ER_RECORD_FILE_FULL, 'no-room'],
  [ERROR.ER_TEMP_FILE_WRITE_FAILURE, 'no-room'],
  [ERROR.ER_TRANS_CACHE_FULL, 'cache-full'],
  [ERROR.ER_QUERY_INTERRUPTED, 'killed'],
  [ERROR.ER_CONNECTION_KILLED, 'killed'],
  [ERROR.ER_STATEMENT_TIMEOUT, 'killed'],
  [ERROR.ER_SLAVE_STATEMENT_TIMEOUT, 'killed'],
  [ERROR.ER_PRIOR_COMMIT_FAILED, 'earlier-failed'],
  [ERROR.ER_SLAVE_WORKER_STOPPED_PREVIOUS_THD_ERROR, 'earlier-failed'],
  [ERROR.EE_UNKNOWN_CHARSET, 'setting'],
  [ERROR.EE_UNKNOWN_COLLATION, 'setting'],
  [ERROR.ER_UNKNOWN_CHARACTER_SET, 'setting'],
  [ERROR.ER_WRONG_VALUE_FOR_VAR, 'setting'],
  [ERROR.ER_NOT_SUPPORTED_YET, 'setting'],
  [ERROR.ER_UNKNOWN_COLLATION, 'setting'],
  [ERROR.ER_UNKNOWN_STORAGE_ENGINE, 'setting'],
  [ERROR.ER_OPTION_PREVENTS_STATEMENT, 'setting'],
  [ERROR.ER_BINLOG_UNSAFE_ROUTINE, 'setting'],
  [ERROR.ER_BINLOG_CREATE_ROUTINE_NEED_SUPER, 'setting'],
  [ERROR.ER_BINLOG_ROW_ENGINE_AND_STMT_ENGINE, 'setting'],
  [ERROR.ER_BINLOG_ROW_MODE_AND_STMT_ENGINE, 'setting'],
  [ERROR.ER_BINLOG_UNSAFE_AND_STMT_ENGINE, 'setting'],
  [ERROR.ER_BINLOG_ROW_INJECTION_AND_STMT_ENGINE, 'setting'],
  [ERROR.ER_BINLOG_STMT_MODE_AND_ROW_ENGINE, 'setting'],
  [ERROR.ER_BINLOG_ROW_INJECTION_AND_STMT_MODE, 'setting'],
  [ERROR.ER_MTS_CANT_PARALLEL, 'setting'],
  [ERROR.ER_CANT_SET_GTID_NEXT_TO_GTID_WHEN_GTID_MODE_IS_OFF, 'setting'],
  [ERROR.ER_CANT_SET_GTID_NEXT_TO_ANONYMOUS_WHEN_GTID_MODE_IS_ON, 'setting'],
  [ERROR.ER_GTID_UNSAFE_NON_TRANSACTIONAL_TABLE, 'setting'],
  [ERROR.ER_GTID_UNSAFE_CREATE_SELECT, 'setting'],
  [ERROR.ER_GTID_UNSAFE_CREATE_DROP_TEMPORARY_TABLE_IN_TRANSACTION, 'setting'],
  [ERROR.ER_MTS_EVENT_BIGGER_PENDING_JOBS_SIZE_MAX, 'setting'],
  [ERROR.ER_DBACCESS_DENIED_ERROR, 'no-right'],
  [ERROR.ER_TABLEACCESS_DENIED_ERROR, 'no-right'],
  [ERROR.ER_COLUMNACCESS_DENIED_ERROR, 'no-right'],
  [ERROR.ER_SPECIFIC_ACCESS_DENIED_ERROR, 'no-right'],
  [ERROR.ER_PROCACCESS_DENIED_ERROR, 'no-right'],
  [ERROR.ER_MASTER_INFO, 'no-event'],
  [ERROR.ER_SLAVE_FATAL_ERROR, 'no-event'],
  [ERROR.ER_MTS_INCONSISTENT_DATA, 'no-event'],
  [ERROR.ER_SLAVE_RLI_INIT_REPOSITORY, 'no-event'],
]);

/** Those that a transaction meets too where it comes a second time: the logs are asked first. */
const UNLESS_AGAIN: ReadonlyMap<number, ApplyCause> = new Map([
  [ERROR.ER_PASSWORD_NO_MATCH, 'account'],
  [ERROR.ER_NONEXISTING_GRANT, 'account'],
  [ERROR.ER_NONEXISTING_TABLE_GRANT, 'account'],
  [ERROR.ER_REVOKE_GRANTS, 'account'],
  [ERROR.ER_CANNOT_USER, 'account'],
  [ERROR.ER_NONEXISTING_PROC_GRANT, 'account'],
  [ERROR.ER_CANT_CREATE_USER_WITH_GRANT, 'account'],
  [ERROR.ER_NO_SUCH_USER, 'account'],
  [ERROR.ER_INVALID_ROLE, 'account'],
  [ERROR.ER_CANNOT_GRANT_ROLE, 'account'],
  [ERROR.ER_CANNOT_REVOKE_ROLE, 'account'],
  [ERROR.ER_UNKNOWN_AUTHID, 'account'],
  [ERROR.ER_ROLE_NOT_GRANTED, 'account'],
  [ERROR.ER_BAD_FIELD_ERROR, 'definition'],
  [ERROR.ER_KEY_COLUMN_DOES_NOT_EXITS, 'definition'],
  [ERROR.ER_CANT_DROP_FIELD_OR_KEY, 'definition'],
  [ERROR.ER_WRONG_VALUE_COUNT_ON_ROW, 'definition'],
  [ERROR.ER_WARN_DATA_OUT_OF_RANGE, 'definition'],
  [ERROR.ER_NO_DEFAULT_FOR_FIELD, 'definition'],
  [ERROR.ER_DATA_TOO_LONG, 'definition'],
  [ERROR.ER_NO_PARTITION_FOR_GIVEN_VALUE, 'definition'],
  [ERROR.ER_BINLOG_ROW_WRONG_TABLE_DEF, 'definition'],
  [ERROR.ER_SLAVE_CONVERSION_FAILED, 'definition'],
  [ERROR.ER_NO_REFERENCED_ROW, 'parent-missing'],
  [ERROR.ER_NO_REFERENCED_ROW_2, 'parent-missing'],
  [ERROR.ER_ROW_IS_REFERENCED, 'child-left'],
  [ERROR.ER_ROW_IS_REFERENCED_2, 'child-left'],
  [ERROR.ER_GTID_NEXT_TYPE_UNDEFINED_GROUP, 'without-gtid'],
]);

/** `Got error 28 from storage engine`, `Got error 28 "No space left on device" from storage engine InnoDB`. */
const NO_SPACE = /\bGot error 28\b|\bNo space left\b/;

export const isThere = (errorNumber: number | null): boolean =>
  errorNumber !== null && IS_THERE.has(errorNumber);

export const isObjectMissing = (errorNumber: number | null): boolean =>
  errorNumber !== null && OBJECT_MISSING.has(errorNumber);

/** What the number says by itself; `text` where the number alone says nothing: the engine’s own error. */
export const causeByNumber = (errorNumber: number | null, text: string): ApplyCause | null => {
  if (errorNumber === null) return null;
  if (errorNumber === ERROR.ER_GET_ERRNO && NO_SPACE.test(text)) return 'no-room';
  return BY_NUMBER.get(errorNumber) ?? null;
};

/** The same where no log shows that the transaction comes a second time. */
export const causeUnlessAgain = (errorNumber: number | null): ApplyCause | null =>
  errorNumber === null ? null : (UNLESS_AGAIN.get(errorNumber) ?? null);
