import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { LiveServer } from './live-server.ts';

// What disks, crashes and people do to files. Written here without the decoder that is under test.

const HEADER = 19;
const MAGIC = 4;

export interface EventPlace {
  readonly offset: number;
  readonly size: number;
  readonly type: number;
}

/** Header by header, each with its size at 9 (sql/log_event.h, EVENT_LEN_OFFSET). */
export const eventsOf = (path: string): readonly EventPlace[] => {
  const bytes = readFileSync(path);
  const events: EventPlace[] = [];
  for (let offset = MAGIC; offset + HEADER <= bytes.length; ) {
    const size = bytes.readUInt32LE(offset + 9);
    events.push({ offset, size, type: bytes.readUInt8(offset + 4) });
    offset += Math.max(size, HEADER);
  }
  return events;
};

/** Paths of the relay logs, oldest first. */
export const relayLogsOf = ({ datadir }: LiveServer): readonly string[] =>
  readdirSync(datadir)
    .filter((name) => /^relay-bin\.\d+$/.test(name))
    .sort()
    .map((name) => join(datadir, name));

const DATA_TYPES = new Set([2, 16, 19, 23, 24, 25, 30, 31, 32]);

/** The relay log with most events that change data, and those events. */
export const busiestRelayLog = (
  server: LiveServer,
): { readonly path: string; readonly events: readonly EventPlace[] } => {
  const logs = relayLogsOf(server).map((path) => ({
    path,
    events: eventsOf(path).filter(({ type }) => DATA_TYPES.has(type)),
  }));
  const [most] = logs.sort((a, b) => b.events.length - a.events.length);
  if (!most || most.events.length === 0) throw new Error('no relay log holds any change');
  return most;
};

export const cut = (path: string, size: number): void => truncateSync(path, size);

export const overwrite = (path: string, offset: number, bytes: Uint8Array): void => {
  const fd = openSync(path, 'r+');
  writeSync(fd, bytes, 0, bytes.length, offset);
  closeSync(fd);
};

export const flipByte = (path: string, offset: number): void =>
  overwrite(path, offset, Uint8Array.of((readFileSync(path)[offset] ?? 0) ^ 0xff));

/** One line of a status file, counted from 1. */
export const editLine = (path: string, line: number, edit: (text: string) => string): void => {
  const lines = readFileSync(path, 'utf8').split('\n');
  lines[line - 1] = edit(lines[line - 1] ?? '');
  writeFileSync(path, lines.join('\n'));
};
