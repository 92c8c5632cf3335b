import { compareLogNames } from '../binlog/coordinates.ts';
import type { EventRef, FormatDescriptionFact, RotateFact } from '../facts/facts.ts';
import type { Connection, LogChain, LogFile } from './evidence.ts';

const ARTIFICIAL = 0x20;
const RELAY_LOG = 0x40;

/** Made up by the source's dump thread at the head of what it sends: no position of its own. */
export const isFakeRotate = (rotate: RotateFact, ownIds: readonly number[]): boolean =>
  rotate.serverId !== 0 &&
  (rotate.flags & RELAY_LOG) === 0 &&
  !(ownIds.includes(rotate.serverId) && rotate.endLogPos === rotate.offset + rotate.size) &&
  (rotate.endLogPos === 0 || (rotate.flags & ARTIFICIAL) !== 0);

/** The source's last event in one of its logs. */
export const isRealRotate = (rotate: RotateFact, ownIds: readonly number[]): boolean =>
  rotate.serverId !== 0 &&
  !ownIds.includes(rotate.serverId) &&
  (rotate.flags & RELAY_LOG) === 0 &&
  rotate.endLogPos !== 0;

/**
 * Every stretch of a relay chain and how it began. A fake Rotate is a rotation of the source when
 * the last source event of the file before is a real Rotate to the same log at 4; every other one
 * is a (re)connect (its timestamp tells nothing: MySQL 9.7 writes 0 in both). After a source
 * restart one outage gives two fake Rotates: the second, to the next log at 4, is no reconnect of
 * its own. Relay rotation by size or FLUSH copies the source's FDE with flag 0x20 and asks for
 * nothing (MySQL binlog.cc open_binlog, MariaDB log.cc MYSQL_BIN_LOG::open).
 */
export const findConnections = (chain: LogChain): Connection[] => {
  const found: Connection[] = [];
  const known = new Set<string>();
  let before: LogFile | null = null;
  let lastData: EventRef | null = null;
  for (const file of chain.files) {
    const { facts } = file;
    const fakes = facts.rotates.filter((rotate) => isFakeRotate(rotate, chain.ownIds));
    for (const rotate of fakes) {
      const asked = { file: rotate.nextLog, position: rotate.position };
      const kind: Connection['kind'] = rotatedTo(before, chain, asked.file)
        ? 'source-rotation'
        : restartOf(found.at(-1), rotate)
          ? 'source-restart'
          : found.length > 0 || known.has(asked.file)
            ? 'reconnect'
            : 'connect';
      const format = formatAfter(facts.formats, rotate.offset);
      found.push(connection(kind, file, rotate, lastData, format));
      known.add(asked.file);
    }
    const copy = facts.formats.find(
      (format, i) =>
        i > 0 && (format.flags & ARTIFICIAL) !== 0 && !chain.ownIds.includes(format.serverId),
    );
    if (fakes.length === 0 && copy) {
      found.push({
        kind: 'relay-rotation',
        path: file.path,
        offset: copy.offset,
        asked: null,
        sourceId: null,
        format: copy,
        before: lastData,
        after: copy.nextData,
      });
    }
    before = file;
    lastData = facts.lastData ?? lastData;
  }
  return found;
};

const connection = (
  kind: Connection['kind'],
  file: LogFile,
  rotate: RotateFact,
  before: EventRef | null,
  format: FormatDescriptionFact | null,
): Connection => ({
  kind,
  path: file.path,
  offset: rotate.offset,
  asked: { file: rotate.nextLog, position: rotate.position },
  sourceId: rotate.serverId,
  format,
  before,
  after: format?.nextData ?? null,
});

const formatAfter = (
  formats: readonly FormatDescriptionFact[],
  offset: number,
): FormatDescriptionFact | null => formats.find((format) => format.offset > offset) ?? null;

/** Did the source's events before end in a real Rotate to this log? */
const rotatedTo = (before: LogFile | null, chain: LogChain, log: string): boolean => {
  if (!before) return false;
  const last = before.facts.rotates.filter((rotate) => isRealRotate(rotate, chain.ownIds)).at(-1);
  const foreign = before.facts.lastForeign;
  return last !== undefined && last.nextLog === log && last.offset === (foreign?.offset ?? -1);
};

/** A fake Rotate to the next log at 4, with nothing received since the reconnect before it. */
const restartOf = (previous: Connection | undefined, rotate: RotateFact): boolean =>
  previous !== undefined &&
  previous.asked !== null &&
  previous.after === null &&
  rotate.position === 4 &&
  compareLogNames(rotate.nextLog, previous.asked.file) === 1;
