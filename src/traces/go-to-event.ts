import type { LogFile } from '../evidence/evidence.ts';
import { failedEvent } from '../evidence/failed-event.ts';
import type { Trouble } from '../evidence/thread-trouble.ts';
import { type FailedChange, findFailed, type Hints, type Place } from './failed-change.ts';
import { readIn, type TraceInputs } from './read-in.ts';

/** A GTID as errors and listings write it; nothing for `ANONYMOUS`. */
const GTID = /^(?:\d+-\d+-\d+|[\da-f-]{36}:(?:[a-z_]\w*:)?\d+)$/i;

/** The event that an error names, and the relay log that holds it. */
export interface Found {
  readonly file: LogFile;
  readonly failed: FailedChange;
}

/** To the event itself: by its end in the source's log, by where the applier stopped, or by its GTID. */
export function* goToEvent(
  trouble: Trouble,
  hints: Hints,
  from: TraceInputs,
): Generator<number, Found | null> {
  const event = failedEvent(trouble);
  if (event) {
    const { by, offset } = event;
    const failed = yield* readIn(event.file, from, (log) =>
      findFailed(log, { by, offset }, hints, () => undefined),
    );
    return failed && { file: event.file, failed };
  }
  const gtid = trouble.reports
    .map(({ details }) => details.gtid ?? '')
    .findLast((id) => GTID.test(id));
  if (gtid === undefined) return null;
  const place: Place = { by: 'gtid', gtid: gtid.toLowerCase() };
  for (const file of relayFiles(trouble).toReversed()) {
    const failed = yield* readIn(file, from, (log) =>
      findFailed(log, place, hints, () => undefined),
    );
    if (failed) return { file, failed };
  }
  return null;
}

export const relayFiles = ({ story: { server, channel } }: Trouble): readonly LogFile[] =>
  server.channels.find(({ name }) => name === channel)?.relay?.files ?? [];

/** What all its reports together say of the event. */
export const hintsOf = ({ reports }: Trouble): Hints => {
  const details = Object.assign(
    {},
    ...reports.map((one) => one.details),
  ) as Trouble['reports'][0]['details'];
  return {
    table: details.table ?? null,
    eventType: details.eventType ?? null,
    text: reports.map(({ text }) => text.replaceAll(/\s+/g, ' ')).join('\n'),
  };
};
