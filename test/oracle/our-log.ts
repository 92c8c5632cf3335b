import { basename } from 'node:path';
import type { EventOf } from '../../src/binlog/define-event.ts';
import type { BinlogEvent } from '../../src/binlog/events/index.ts';
import { rows as rowsEvent } from '../../src/binlog/events/rows.ts';
import { type RowsToRead, readRows } from '../../src/binlog/values/row-image.ts';
import { rowsText, type SqlTextOptions } from '../../src/binlog/values/sql-text.ts';
import type { StringForm } from '../../src/binlog/values/value.ts';
import { fromBytes } from '../../src/bytes/byte-source.ts';
import { MalformedError } from '../../src/bytes/malformed-error.ts';
import type { ListedEvent } from '../../src/listing/listed-event.ts';
import { readListed } from '../../src/listing/read-listed.ts';

/** A log as the `events` command reads it. */
export interface OurLog {
  readonly events: readonly ListedEvent[];
  /** Offset of the first thing that could not be read; null when all could. */
  readonly damagedFrom: number | null;
}

export const readOurLog = (path: string, bytes: Uint8Array): OurLog => {
  const events: ListedEvent[] = [];
  const unreadable: number[] = [];
  const log = { path, name: basename(path), source: fromBytes(bytes) };
  try {
    for (const event of readListed(log, false, ({ offset }) => unreadable.push(offset))) {
      events.push(event);
      if (event.problem !== null) unreadable.push(event.event.offset);
    }
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    unreadable.push(error.offset);
  }
  return { events, damagedFrom: unreadable.length === 0 ? null : Math.min(...unreadable) };
};

type Rows = EventOf<typeof rowsEvent>;

const isRows = (body: BinlogEvent | null): body is Rows => body?.type === 'rows';

/** The pseudo-SQL of one event's rows, lines as bytes in latin1; none for an event without rows. */
export const ourRowLines = (
  { body, table, event, path }: ListedEvent,
  strings: StringForm,
  options: SqlTextOptions,
): readonly string[] => {
  if (!isRows(body) || table === null) return [];
  const place = { file: path, bodyEnd: event.bodyEnd };
  const asked: RowsToRead = { event: body, typeCode: event.typeCode, table, place, strings };
  const lines = rowsText(body.kind, readRows(asked), table, options);
  return [...lines].flatMap((line) => line.toString('latin1').split('\n'));
};
