import type { LogDamage } from '../binlog/damage.ts';
import { isDecrypted } from '../binlog/encryption/decrypted-source.ts';
import { readLogHead } from '../binlog/log-head.ts';
import { notALog } from '../binlog/not-a-log.ts';
import { type LogEvent, LogReader } from '../binlog/read-log.ts';
import type { ByteSource } from '../bytes/byte-source.ts';
import { FileWindow } from '../bytes/file-window.ts';
import { MalformedError } from '../bytes/malformed-error.ts';
import { LogFollower } from './follow-log.ts';
import type { ListedEvent } from './listed-event.ts';

/** One log to list: its bytes, and what it is called. */
export interface LogToList {
  readonly path: string;
  /** Without directory, and without the extension of a compression. */
  readonly name: string;
  readonly source: ByteSource;
}

/**
 * Every event of a log that can be read. What cannot is told to `onDamage`, before the event behind
 * it. An event that is not `wanted` is passed over unread: it must not be one that tells of others.
 * Throws a {@link MalformedError} where the bytes are no log, or where nothing behind can be read.
 */
export function* readListed(
  { path, name, source }: LogToList,
  trace: boolean,
  onDamage: (damage: LogDamage) => void,
  wanted: (event: LogEvent) => boolean = () => true,
): Generator<ListedEvent, void, undefined> {
  const window = new FileWindow(source);
  const head = readLogHead(window);
  if (head.kind !== 'log') throw new MalformedError(path, 0, 'magic', notALog(window, head, path));
  if (head.magic === 'damaged') onDamage(damagedMagic(window));
  const copy = (at: number, length: number) => window.copy(at, length);
  const bytes = { path, window, copy, isDecrypted: isDecrypted(source) };
  const follower = new LogFollower(path, name, trace);
  for (const event of new LogReader(bytes, onDamage).events()) {
    if (wanted(event)) yield* follower.follow(event);
  }
}

const damagedMagic = (window: FileWindow): LogDamage => ({
  kind: 'magic',
  offset: 0,
  length: 4,
  field: 'magic',
  problem: `${window.copy(0, 4).toString('hex')} instead of fe62696e; the format description behind it is whole`,
  event: null,
  resumedAt: 4,
});
