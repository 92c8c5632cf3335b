import { logNameOf } from '../binlog/coordinates.ts';
import type { ApplyTrace, Touch, TraceLog } from '../evidence/apply-trace.ts';
import type { Server } from '../evidence/evidence.ts';
import type { FailedEvent } from '../evidence/failed-event.ts';
import type { FailedApply } from './apply-error.ts';
import type { Locus } from './define-rule.ts';
import { serverName } from './fix/steps.ts';
import { at, count, list } from './words.ts';

/** Earlier events that a report shows. */
const SHOWN = 8;

const LOGS: Readonly<Record<TraceLog, string>> = {
  'own-binlog': 'this server’s own binary log',
  'relay-log': 'the relay logs',
  'source-binlog': 'the source’s binary log',
};

const isOwn = ({ log, serverId }: Touch, { ids }: Server): boolean =>
  log === 'own-binlog' && ids.includes(serverId);

/** Who wrote it, as far as its log and its server id tell. */
const whoWrote = (touch: Touch, server: Server): string => {
  const { log, same, serverId } = touch;
  if (isOwn(touch, server)) return 'written on this server itself';
  if (same !== null && log === 'own-binlog') return 'the same transaction, applied here before';
  if (same === 'same-place') return 'the same event, fetched before from the same place';
  if (same === 'elsewhere') return 'the same transaction, at another place of the source’s log';
  if (log === 'own-binlog') return `of ${serverName(serverId)}, applied here`;
  if (log === 'relay-log') return `of ${serverName(serverId)}, received before`;
  return `on the source, of ${serverName(serverId)}`;
};

const MATCHES: Readonly<Record<Touch['match'], string>> = {
  key: 'the same key',
  row: 'the same row in all columns',
  table: 'all of the table',
  value: '',
};

const howSure = ({ match, kind }: Touch): string => {
  if (match !== 'value') return MATCHES[match];
  return kind === 'statement'
    ? 'names the same value, which proves nothing yet'
    : 'has the same value in a column, which proves nothing yet';
};

/** The failing event itself, with its row; its transaction where that begins before. */
export const eventLoci = (event: FailedEvent | null, trace: ApplyTrace | null): Locus[] => {
  const nothing = { field: null, source: null, gtid: null };
  const copy = event?.copy;
  const group: Locus[] = event
    ? [
        {
          path: event.file.path,
          offset: copy?.offset ?? event.offset,
          length: copy ? copy.end - copy.offset : null,
          ...nothing,
          text: copy ? null : 'the failing event ends, or its group begins, here',
        },
      ]
    : [];
  if (!trace) return group;
  const { path, offset, length, kind, table, text } = trace.event;
  return [
    ...(copy ? group : []),
    {
      path,
      offset,
      length,
      ...nothing,
      text: `the failing event: ${kind === 'statement' ? text : `${kind}, ${table}: ${text}`}`,
    },
  ];
};

/** What touched the same row before: what decides first, then the newest. */
export const traceLoci = (
  trace: ApplyTrace | null,
  deciding: Touch | null,
  server: Server,
): Locus[] => {
  if (!trace) return [];
  const others = trace.touches
    .filter((touch) => touch !== deciding)
    .toSorted((a, b) => Number(a.match === 'value') - Number(b.match === 'value'));
  return [...(deciding ? [deciding] : []), ...others].slice(0, SHOWN).map((touch) => ({
    path: touch.path,
    offset: touch.offset,
    length: touch.length,
    field: null,
    source: touch.source,
    gtid: touch.gtid,
    text: `${whoWrote(touch, server)}: ${touch.kind}, ${howSure(touch)}: ${touch.text}`,
  }));
};

const keyWords = ({ key }: ApplyTrace): string[] => {
  if (!key) return [];
  const { columns, values, rows, told } = key;
  if (columns.length === 0) return [`The error names the key’s value, ${values[0] ?? ''}.`];
  const equal = list(columns.map((column, i) => `${column} = ${values[i] ?? ''}`));
  const several =
    rows > 1
      ? [
          `The event has ${count(rows, 'row')}, and the error does not say which of them failed: all are looked for.`,
        ]
      : [];
  if (told === 'table-map') return [`The table map names the key: ${equal}.`, ...several];
  if (told === 'error')
    return [`The value that the error names stands in the row: ${equal}.`, ...several];
  if (told === 'image') return [`The row image holds the key alone: ${equal}.`, ...several];
  return [
    'Nothing in the log names the key (binlog_row_metadata=FULL would): rows are taken for the same where all their columns are.',
    ...several,
  ];
};

const searchedWords = ({ searched }: ApplyTrace): string =>
  list(
    searched.map(({ log, from }) => `${LOGS[log]}${from === null ? '' : ` since ${at(from)} UTC`}`),
  );

const countWords = (trace: ApplyTrace): string[] => {
  const { counts, searched, notSearched, touches } = trace;
  if (searched.length === 0) return [];
  const found = searched.filter(({ log }) => counts[log] > 0);
  const total = found.reduce((sum, { log }) => sum + counts[log], 0);
  const left =
    notSearched.length === 0
      ? []
      : [
          `Not looked through: ${list(notSearched.slice(0, 3).map(logNameOf))}${notSearched.length > 3 ? ` and ${notSearched.length - 3} more` : ''}.`,
        ];
  if (total === 0) {
    return [`No earlier event touches the same in these logs: ${searchedWords(trace)}.`, ...left];
  }
  const where = list(found.map(({ log }) => `${counts[log]} in ${LOGS[log]}`));
  const unsure = touches.every(({ match }) => match === 'value')
    ? ' None of them is sure to be of the same row.'
    : '';
  return [
    `${count(total, 'earlier event')} ${total === 1 ? 'touches' : 'touch'} the same: ${where}.${unsure} Looked through: ${searchedWords(trace)}.`,
    ...left,
  ];
};

/** What the logs said of the row, in sentences; none where nothing was looked up. */
export const traceWords = ({ trace, touch, server, class: type }: FailedApply): string[] => {
  // The event itself is what stands twice: what else touched the row decides nothing
  if (!trace || type === 'refetched-part') return [];
  const own = trace.searched.some(({ log }) => log === 'own-binlog');
  const blind = own
    ? 'A write with sql_log_bin=0 leaves no trace in any log.'
    : 'Without this server’s own binary log a write on it leaves no trace here.';
  return [
    ...keyWords(trace),
    ...countWords(trace),
    ...(touch
      ? [
          `What ${type === 'local-writer' ? 'may decide' : 'decides'} stands in ${LOGS[touch.log]}, ${logNameOf(touch.path)} at ${touch.offset}: ${whoWrote(touch, server)}, at ${at(touch.timestamp)} UTC.`,
        ]
      : trace.searched.length > 0
        ? [blind]
        : []),
  ];
};
