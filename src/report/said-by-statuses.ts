import type { Evidence } from '../evidence/evidence.ts';
import { replicaStatuses, type StatusMoment } from '../evidence/replica-statuses.ts';
import { placeText } from '../rules/lag-figure-words.ts';
import { count, span } from '../rules/words.ts';

type Row = StatusMoment['row'];

const isRunning = ({ receiverRunning, applierRunning }: Row): boolean =>
  receiverRunning === 'yes' && applierRunning === 'yes';

const runs = (row: Row): string =>
  isRunning(row)
    ? 'both threads run without an error'
    : row.receiverRunning === null || row.applierRunning === null
      ? 'no error is shown'
      : `no error is shown, and not both threads run (${row.receiverRunning} and ${row.applierRunning})`;

const how = (row: Row, staleAfter: number): string => {
  const read = placeText(row.readSourceLogFile, row.readSourceLogPos);
  const applied = placeText(row.appliedSourceLogFile, row.appliedSourceLogPos);
  const late =
    row.secondsBehind !== null && row.secondsBehind >= staleAfter
      ? `; what is applied is ${span(row.secondsBehind)} old`
      : '';
  if (read === null || applied === null) return late;
  return read === applied
    ? `, and all that was received, up to ${read}, is applied`
    : `; received up to ${read}, applied up to ${applied}${late}`;
};

/**
 * What the newest statuses say where there is no log and nothing was found; null without any. A status
 * that shows nothing wrong is no proof that all is well: it says no more than stands in it.
 */
export const saidByStatuses = ({
  statuses,
  staleAfter,
}: Pick<Evidence, 'statuses' | 'staleAfter'>): string | null => {
  const rows = statuses.flatMap(
    ({ server, channel }) => replicaStatuses(server, channel).at(-1)?.row ?? [],
  );
  const [first] = rows;
  if (!first) return null;
  if (rows.length === 1) return `By the status, ${runs(first)}${how(first, staleAfter)}.`;
  const behind = Math.max(...rows.map(({ secondsBehind }) => secondsBehind ?? 0));
  const late = behind >= staleAfter ? `; what is applied is up to ${span(behind)} old` : '';
  const channels = count(rows.length, 'channel');
  return rows.every(isRunning)
    ? `By the statuses of ${channels} both threads of each run without an error${late}.`
    : `The statuses of ${channels} show no error; not all threads run${late}.`;
};
