import type { LogFacts } from '../facts/facts.ts';
import type { Channel, Evidence, LogFile } from './evidence.ts';
import { isLocked, isWhole } from './readable.ts';

/** How whole a log is. */
export type LogState = 'complete' | 'open' | 'truncated' | 'corrupt' | 'encrypted' | 'unreadable';

const IN_USE = 0x1;

const TORN = new Set(['torn-event', 'torn-header', 'zeros']);

/** Only the tail of this log is missing; everything before it is whole. */
export const isTorn = (facts: LogFacts): boolean =>
  facts.integrity.some((fact) => TORN.has(fact.kind));

const isDamaged = (facts: LogFacts): boolean =>
  facts.integrity.some((fact) => !TORN.has(fact.kind));

/**
 * A newest log that ends in the middle of an event is a copy of a live one when its server was
 * still writing: a binary log says so by its in-use flag; a relay log has none, but the receiver
 * counts an event only when it is stored, so the read position ends where the whole events end.
 */
export const isLiveTail = (
  file: LogFile,
  evidence: Pick<Evidence, 'streams' | 'relays'>,
): boolean => {
  const { facts } = file;
  if (
    !isWhole(facts) ||
    !isTorn(facts) ||
    isDamaged(facts) ||
    facts.integrity.some((fact) => fact.kind === 'zeros')
  )
    return false;
  if (!isNewest(file, evidence)) return false;
  if (file.kind === 'binary-log') return ((facts.formats[0]?.flags ?? 0) & IN_USE) !== 0;
  const channel = channelOf(file, evidence);
  const read = channel?.masterInfo?.value.readPosition ?? null;
  return read !== null && facts.sourceEnd !== null && facts.sourceEnd.position === read % 2 ** 32;
};

export const channelOf = (file: LogFile, evidence: Pick<Evidence, 'relays'>): Channel | null =>
  evidence.relays.find(({ relay }) => relay.files.some((other) => other.path === file.path))
    ?.channel ?? null;

export const isNewest = (file: LogFile, evidence: Pick<Evidence, 'streams'>): boolean =>
  evidence.streams.some(({ chain }) => chain.files.at(-1)?.path === file.path);

/** State of a log for the table of inputs. */
export const logState = (facts: LogFacts, file: LogFile | null, evidence: Evidence): LogState => {
  if (isLocked(facts)) return 'encrypted';
  if (facts.unsupported !== null) return 'unreadable';
  if (!isWhole(facts)) return 'truncated';
  if (isDamaged(facts)) return 'corrupt';
  if (isTorn(facts)) return file && isLiveTail(file, evidence) ? 'open' : 'truncated';
  const closed = facts.last !== null && (facts.last.typeCode === 3 || facts.last.typeCode === 4);
  return !closed && file && isNewest(file, evidence) ? 'open' : 'complete';
};
