import type { TextLine } from '../text-lines.ts';
import type { PastedTable } from './pasted-table.ts';
import { replicaStatus } from './sections/replica-status.ts';

/** The statement with all that a client or a shell has behind it; not that of one channel, nor one piped on. */
const STATEMENT =
  /\bSHOW\s+(?:ALL\s+)?(?:SLAVES?|REPLICAS?)\s+STATUS\s*(?:;|\\G|\\g)*\s*["']?\s*;?\s*$/i;
const EMPTY = /^\s*Empty set(?:, \d+ warnings?)?(?: \([^)]*\))?\s*$/i;
/** `mysql> `, `MariaDB [(none)]> `, `[root@db2 ~]# `: at these the next statement is typed. */
const PROMPT =
  /^\s*(?:(?:mysql|mariadb)\b[^>]{0,80}>|\[?[\w.-]{1,64}@[\w.-]{1,64}[^$#]{0,80}[$#])/i;
/** Blank lines between a statement and what it printed. */
const GAP = 2;

/** The first line behind `at` that is not blank. */
const nextFilled = (lines: readonly TextLine[], at: number): number => {
  let next = at + 1;
  while (next <= at + GAP && lines[next]?.text.trim() === '') next += 1;
  return next;
};

/**
 * Reads that the status of a replica was asked for, and has no row: `Empty set` below the statement
 * (client/mysql.cc, com_go), or the next prompt, as where the client runs in a shell or with
 * --silent. An error would be printed. Nothing at all proves nothing: the text may end there.
 */
export const readEmptyStatus = (lines: readonly TextLine[], start: number): PastedTable | null => {
  const asked = lines[start];
  if (!asked || asked.text.length > 300 || !STATEMENT.test(asked.text)) return null;
  const at = nextFilled(lines, start);
  const text = lines[at]?.text ?? '';
  const isTyped = PROMPT.test(asked.text);
  if (!EMPTY.test(text) && !(isTyped && PROMPT.test(text))) return null;
  const next = EMPTY.test(text) ? at + 1 : at;
  return { section: replicaStatus, form: 'vertical', rows: [], problems: [], next };
};
