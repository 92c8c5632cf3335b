import type { Terms } from '../dialects/define-dialect.ts';
import { masterSlaveTerms } from '../dialects/terms-master-slave.ts';
import type { Server } from './evidence.ts';
import { rowsOf } from './observations.ts';

/** Lines and errors of replication's own threads, in words that MySQL had to 8.0.25 and MariaDB has. */
const OLD =
  /^Slave (?:I\/O|SQL)\b|\bslave SQL thread\b|\b(?:from|to|at) master\b|\bon this slave\b/;
const NEW = /^Replica\b|\b(?:from|to|at) source\b|\bon this replica\b/;

/**
 * The words in which to speak of a server: its version's, or, where nothing tells that, those of its own
 * texts. A person who pasted `Slave_IO_Running` knows a slave. Null where nothing tells them.
 */
export const spokenTerms = ({
  dialect,
  observed,
}: Pick<Server, 'dialect' | 'observed'>): Terms | null => {
  if (dialect) return dialect.terms;
  const rows = rowsOf(observed, 'replica-status').map(({ row }) => row);
  const words = rows.flatMap(({ dialect: { words: own } }) => own ?? []);
  if (words.length > 0) return words.includes('source-replica') ? null : masterSlaveTerms;
  const said = [
    ...rows.flatMap(({ receiverError, applierError, lastError }) => [
      receiverError ?? '',
      applierError ?? '',
      lastError ?? '',
    ]),
    ...observed.errorLogs.flatMap(({ value }) => value.messages.map(({ text }) => text)),
  ];
  return said.some((text) => OLD.test(text)) && !said.some((text) => NEW.test(text))
    ? masterSlaveTerms
    : null;
};
