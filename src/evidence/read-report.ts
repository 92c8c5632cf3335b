import { maskSecrets } from '../binlog/mask-secrets.ts';
import { classify, detailsOf } from '../metadata/error-log/classify.ts';
import { type ErrorLogMessage, TEXT_LIMIT } from '../metadata/error-log/error-log.ts';
import type { LineHead } from '../metadata/error-log/formats/define-line-format.ts';
import { maskText } from '../metadata/error-log/mask-text.ts';

/** A column has no head: who speaks is told by its name. */
const COLUMN: LineHead = {
  written: null,
  thread: null,
  level: 'ERROR',
  code: null,
  subsystem: 'Repl',
  length: 0,
};

/** What one error of a status column says: the words are those of the error log. */
export type Report = Pick<ErrorLogMessage, 'text' | 'details'> & {
  /** Null for words that no error log has. */
  readonly kind: ErrorLogMessage['kind'] | null;
};

/** Reads `Last_IO_Error`, `Last_SQL_Error` and `LAST_ERROR_MESSAGE`; secrets are masked. */
export const readReport = (text: string): Report => {
  const classified = classify(text, COLUMN);
  const masked = maskText(text, (sql) => maskSecrets(sql).text);
  return {
    kind: classified?.kind ?? null,
    details: classified ? detailsOf(classified, text) : {},
    text: masked.length > TEXT_LIMIT ? `${masked.slice(0, TEXT_LIMIT)}…` : masked,
  };
};
