import { compareLogNames } from '../binlog/coordinates.ts';
import type { CopyFact, RepeatFact, TransactionFact } from '../facts/facts.ts';
import type { LogFile, Stream } from './evidence.ts';
import { sourceLogAtHead } from './log-chain.ts';

/** One copy, and the log that holds it. */
export interface Lap {
  readonly file: LogFile;
  readonly copy: CopyFact;
  /** Place among all transactions of the stream. */
  readonly index: number;
}

/** One transaction's copies in one stream, re-fetched ones left out. */
export interface Laps {
  readonly stream: Stream;
  readonly key: string;
  readonly proof: RepeatFact['proof'];
  readonly gtid: string | null;
  readonly serverId: number;
  readonly timestamp: number;
  readonly originalCommit: number | null;
  readonly laps: number;
  /** Copies with the source position of an earlier one: fetched again, not come again. */
  readonly refetched: number;
  readonly first: Lap;
  readonly second: Lap;
  readonly last: Lap;
  readonly execTimeMin: number | null;
  readonly execTimeMax: number | null;
  readonly execTimeFalls: number;
  /** False or null: no two copies in one file were compared and found equal. */
  readonly sameBytes: boolean | null;
  readonly formats: RepeatFact['formats'];
  readonly tables: readonly string[];
  /** Transactions of the stream in all. */
  readonly transactions: number;
}

type Part = { readonly file: LogFile; readonly base: number; readonly log: string | null } & (
  | { readonly repeat: RepeatFact; readonly single?: never }
  | { readonly single: TransactionFact; readonly repeat?: never }
);

/** Transactions that stand in a stream more than once, most copies first. */
export const findLaps = (stream: Stream): Laps[] => {
  const parts = new Map<string, Part[]>();
  let base = 0;
  for (const file of stream.chain.files) {
    const { transactions } = file.facts;
    const log = stream.channel ? sourceLogAtHead(stream.chain, file) : file.name;
    const repeated = new Set<string>();
    for (const repeat of transactions.repeats) {
      repeated.add(nameOf(repeat));
      push(parts, nameOf(repeat), { file, base, log, repeat });
    }
    for (const single of transactions.sketch) {
      if (!repeated.has(nameOf(single))) push(parts, nameOf(single), { file, base, log, single });
    }
    base += transactions.count;
  }
  const total = base;
  return [...parts.values()]
    .filter((list) => list.length > 1 || list[0]?.repeat)
    .flatMap((list) => combine(stream, list, total) ?? [])
    .sort((a, b) => b.laps - a.laps || a.first.index - b.first.index);
};

/** A lap keeps its time; a sequence that was begun anew (RESET MASTER) gives old numbers a new one. */
const nameOf = ({ key, timestamp }: { readonly key: string; readonly timestamp: number }): string =>
  `${key}@${timestamp}`;

const push = (parts: Map<string, Part[]>, key: string, part: Part): void => {
  const list = parts.get(key);
  if (list) list.push(part);
  else parts.set(key, [part]);
};

const ends = (
  part: Part,
): { first: CopyFact; second: CopyFact | null; last: CopyFact; copies: number } =>
  part.repeat
    ? {
        first: part.repeat.first,
        second: part.repeat.second,
        last: part.repeat.last,
        copies: part.repeat.copies,
      }
    : { first: part.single.copy, second: null, last: part.single.copy, copies: 1 };

/** Is `a` at or before `b` in the source's log? Copies of an own binary log always go forward. */
const isBehind = (
  stream: Stream,
  a: CopyFact,
  aLog: string | null,
  b: CopyFact,
  bLog: string | null,
): boolean => {
  if (!stream.channel) return false;
  const left = a.log ?? aLog;
  const right = b.log ?? bLog;
  if (left === null || right === null) return a.position <= b.position;
  const order = compareLogNames(left, right);
  // Another series: another source, whose positions say nothing about these
  return Number.isNaN(order) ? false : order < 0 || (order === 0 && a.position <= b.position);
};

const combine = (stream: Stream, parts: readonly Part[], transactions: number): Laps | null => {
  let laps = 0;
  let refetched = 0;
  const seen: Lap[] = [];
  let newest: { copy: CopyFact; log: string | null } | null = null;
  let second: Lap | null = null;
  for (const part of parts) {
    const { first, second: next, last, copies } = ends(part);
    const lap = (copy: CopyFact): Lap => ({ file: part.file, copy, index: part.base + copy.index });
    if (newest && isBehind(stream, last, part.log, newest.copy, newest.log)) {
      refetched += copies;
      continue;
    }
    const again = newest !== null && isBehind(stream, first, part.log, newest.copy, newest.log);
    // The laps of one file are evenly spread: those behind the newest position were fetched again
    const share: number =
      again && newest && last.position > first.position
        ? (last.position - newest.copy.position) / (last.position - first.position)
        : 1;
    const fresh = Math.max(1, Math.round(copies * Math.min(1, Math.max(0, share))));
    laps += fresh;
    refetched += copies - fresh;
    if (!again) seen.push(lap(first));
    seen.push(lap(last));
    second ??= next && !again ? lap(next) : null;
    newest = { copy: last, log: part.log };
  }
  const [first] = seen;
  const last = seen.at(-1);
  if (!first || !last || laps < 2) return null;
  const facts = parts.flatMap((part) => part.repeat ?? []);
  const named = parts[0]?.repeat ?? parts[0]?.single;
  if (!named) return null;
  const execTimes = parts
    .flatMap((part) =>
      part.repeat
        ? [part.repeat.execTimeMin, part.repeat.execTimeMax]
        : [part.single.copy.execTime],
    )
    .filter((value) => value !== null);
  return {
    stream,
    key: named.key,
    proof: named.proof,
    gtid: facts[0]?.gtid ?? (named.proof.endsWith('gtid') ? named.key : null),
    serverId: named.serverId,
    timestamp: named.timestamp,
    originalCommit: facts[0]?.originalCommit ?? null,
    laps,
    refetched,
    first,
    second: second ?? seen[1] ?? last,
    last,
    execTimeMin: execTimes.length > 0 ? Math.min(...execTimes) : null,
    execTimeMax: execTimes.length > 0 ? Math.max(...execTimes) : null,
    execTimeFalls: facts.reduce((sum, fact) => sum + fact.execTimeFalls, 0),
    sameBytes: facts.length > 0 ? facts.every((fact) => fact.sameBytes === true) : null,
    formats: [...new Set(facts.flatMap((fact) => fact.formats))].sort(),
    tables: [...new Set(facts.flatMap((fact) => fact.tables))].sort(),
    transactions,
  };
};
