import type { LogLevel } from '../error-log.ts';
import type { LineHead } from './define-line-format.ts';

/** `enum loglevel`, include/my_loglevel.h. */
const LEVELS: readonly LogLevel[] = ['System', 'ERROR', 'Warning', 'Note'];

/** A line that is one JSON object; null when it is none. */
export const jsonObject = (line: string): Readonly<Record<string, unknown>> | null => {
  if (!line.startsWith('{') || !line.trimEnd().endsWith('}')) return null;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null
      ? (value as Readonly<Record<string, unknown>>)
      : null;
  } catch (error) {
    // A line that only looks like one, or is cut
    if (error instanceof SyntaxError) return null;
    throw error;
  }
};

/** A message of log_sink_json with its head. */
export interface JsonMessage {
  readonly head: LineHead;
  readonly text: string;
}

/**
 * A line of MySQL's JSON sink: `{ "prio" : 1, "err_code" : 10584, "subsystem" : "Repl", "msg" : …,
 * "time" : … }`. Null for other objects.
 * Source: MySQL components/logging/log_sink_json.cc.
 */
export const readJsonMessage = (object: Readonly<Record<string, unknown>>): JsonMessage | null => {
  const { prio, msg, time, thread, err_code: code, subsystem } = object;
  if (typeof msg !== 'string' || typeof prio !== 'number') return null;
  const isCode = typeof code === 'number' && Number.isSafeInteger(code) && code >= 0;
  return {
    head: {
      written: typeof time === 'string' ? time : null,
      thread: typeof thread === 'number' ? String(thread) : null,
      level: LEVELS[prio] ?? null,
      code: isCode ? `MY-${String(code).padStart(6, '0')}` : null,
      subsystem: typeof subsystem === 'string' ? subsystem : null,
      length: 0,
    },
    text: msg,
  };
};
