import { applyFailures, isReadFailure } from '../evidence/apply-failures.ts';
import type { ApplyTrace } from '../evidence/apply-trace.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { Trouble } from '../evidence/thread-trouble.ts';
import { tableName } from './changed-rows.ts';
import { isDefinitionError, isRowError, quotedKey, tableOfError } from './error-words.ts';
import { goToEvent, hintsOf } from './go-to-event.ts';
import { logsBefore, lookThrough } from './look-through.ts';
import type { TraceInputs } from './read-in.ts';
import { rowKey } from './row-key.ts';
import type { Search } from './search-log.ts';
import { eventWords, tracedKey, valueOf } from './trace-words.ts';

/**
 * Goes to the events that appliers stopped at, and looks through the logs for what touched the same row
 * before. Looks at nothing where no applier has failed. Yields the bytes done of the log at hand.
 */
export function* traceApplyErrors(
  evidence: Evidence,
  from: TraceInputs,
): Generator<number, readonly ApplyTrace[]> {
  const traces: ApplyTrace[] = [];
  for (const server of evidence.threadWitnesses) {
    for (const trouble of applyFailures(server)) {
      // What is over is told, and not gone after
      if (trouble.standing === 'over' || trouble.reports.some(isReadFailure)) continue;
      const trace = yield* traceOne(trouble, evidence, from);
      if (trace) traces.push(trace);
    }
  }
  return traces;
}

function* traceOne(
  trouble: Trouble,
  evidence: Evidence,
  from: TraceInputs,
): Generator<number, ApplyTrace | null> {
  const hints = hintsOf(trouble);
  const found = yield* goToEvent(trouble, hints, from);
  if (!found) return null;
  const { file, failed } = found;
  const { listed } = failed;
  const { server, channel } = trouble.story;
  const errorNumber = trouble.reports.at(-1)?.errorNumber ?? trouble.reports[0].errorNumber;
  const quoted = quotedKey(hints.text);
  const key =
    listed.table && isRowError(errorNumber) ? rowKey(failed.rows, listed.table, quoted) : null;
  const table = tableOfError(hints, listed);
  const isDefinition = isDefinitionError(errorNumber);
  const search: Search | null =
    table !== null && (isDefinition || key !== null || quoted !== null)
      ? {
          failed,
          sought: { table, value: quoted?.value ?? valueOf(key, failed), isDefinition },
          key,
          quoted,
          redact: from.redact,
        }
      : null;
  const event: ApplyTrace['event'] = {
    path: file.path,
    offset: listed.event.offset,
    length: listed.outer.size,
    begin: failed.begin,
    gtid: listed.gtid,
    table: tableName(listed) ?? table,
    ...eventWords(failed, key, from.redact),
  };
  const nothing = { 'own-binlog': 0, 'relay-log': 0, 'source-binlog': 0 };
  const own = server.binlogs.flatMap(({ files }) => files);
  const base = {
    server,
    channel,
    event,
    key: tracedKey(search, key, listed, from.redact),
    logsUpdates: own.some(({ facts }) =>
      facts.serverIds.some(({ serverId, events }) => !server.ids.includes(serverId) && events > 0),
    ),
  };
  if (!search) return { ...base, touches: [], counts: nothing, searched: [], notSearched: [] };
  const looked = yield* lookThrough(logsBefore(trouble, found, evidence), search, from);
  return { ...base, ...looked };
}
