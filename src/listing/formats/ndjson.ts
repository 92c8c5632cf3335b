import { HEADER_FLAGS } from '../../binlog/event-header.ts';
import { flagNames } from '../../binlog/flag-names.ts';
import { visibleJson } from '../../report/renderers/visible.ts';
import { jsonBody } from '../json-body.ts';
import type { ListedEvent } from '../listed-event.ts';
import { type OnProblem, rowsJson } from '../rows.ts';
import { shownFields } from '../trace-lines.ts';
import { utc } from '../utc.ts';
import type { DefineFormat, FormatOptions } from './define-format.ts';

/**
 * A JSON object a line and event, and nothing else: what could not be read is told on stderr. Keys
 * stay; new ones may come.
 */
export const ndjson: DefineFormat = (options, onProblem) => ({
  head: () => '',
  event: (listed) => `${visibleJson(JSON.stringify(eventJson(listed, options, onProblem)))}\n`,
  damage: () => '',
});

const eventJson = (listed: ListedEvent, options: FormatOptions, onProblem: OnProblem) => {
  const { event } = listed;
  return {
    path: listed.path,
    offset: event.offset,
    type: event.type,
    typeCode: event.typeCode,
    serverId: event.serverId,
    timestamp: event.timestamp,
    time: event.timestamp === 0 ? null : `${utc(event.timestamp).replace(' ', 'T')}.000Z`,
    size: event.size,
    endLogPos: event.endLogPos,
    flags: event.flags,
    flagNames: flagNames(HEADER_FLAGS, event.flags),
    inner: listed.innerOffset !== null,
    innerOffset: listed.innerOffset,
    log: listed.log,
    gtid: listed.gtid,
    threadId: listed.threadId,
    database: listed.database,
    table: listed.table?.table ?? null,
    body: jsonBody(listed),
    problem: listed.problem,
    ...(options.rows && listed.body?.type === 'rows' ? rowsJson(listed, onProblem) : {}),
    ...(options.trace ? { fields: shownFields(listed) } : {}),
  };
};
