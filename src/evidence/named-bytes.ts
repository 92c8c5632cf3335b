import type { LogCoordinates } from '../binlog/coordinates.ts';
import { eventTypeName } from '../binlog/event-type.ts';
import type { Server } from './evidence.ts';
import { isLocked, isReadable } from './readable.ts';
import { binlogNamed, lists } from './source-of.ts';

/** What stands in a source's log at the place that an error names. */
export interface NamedBytes {
  readonly state: 'boundary' | 'inside-event' | 'beyond-end' | 'damaged' | 'log-missing';
  readonly path: string;
  readonly offset: number;
  readonly words: string;
}

/** Looks at the place in the source's own log; null where the log was not given, or not read that far. */
export const namedBytes = (source: Server, asked: LogCoordinates): NamedBytes | null => {
  const log = binlogNamed(source, asked.file);
  if (!log) {
    const index = source.binlogIndex;
    return index && lists(source, asked.file) === false
      ? {
          state: 'log-missing',
          path: index.path,
          offset: 0,
          words: `${asked.file} is not in the source’s index.`,
        }
      : null;
  }
  const { facts, path, name } = log;
  if (isLocked(facts) || !isReadable(facts)) return null;
  const at = asked.position;
  const damage = facts.integrity.find(
    ({ offset, length }) => at >= offset && at < offset + Math.max(1, length),
  );
  if (damage) {
    return {
      state: 'damaged',
      path,
      offset: damage.offset,
      words: `In the source’s ${name} the bytes at ${damage.offset} are damaged: ${damage.problem}.`,
    };
  }
  if (at > facts.wholeUntil) {
    return {
      state: 'beyond-end',
      path,
      offset: facts.last?.offset ?? 4,
      words: `The source’s ${name} ends at ${facts.wholeUntil}, before ${at}.`,
    };
  }
  const probe = facts.probes.find(({ offset }) => offset === at);
  if (at === 4 || probe?.boundary) {
    const next = probe?.after;
    return {
      state: 'boundary',
      path,
      offset: at === facts.wholeUntil ? (facts.last?.offset ?? 4) : at,
      words: next
        ? `In the source’s ${name} a whole ${eventTypeName(next.typeCode)} event begins at ${at}.`
        : `${at} is a boundary in the source’s ${name}.`,
    };
  }
  if (!probe?.before) return null;
  const { offset, size, typeCode } = probe.before;
  return {
    state: 'inside-event',
    path,
    offset,
    words: `In the source’s ${name} no event begins at ${at}: it lies inside the ${eventTypeName(typeCode)} event from ${offset} to ${offset + size}, so the position is wrong and not the log.`,
  };
};
