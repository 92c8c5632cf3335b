import { type Classified, chattyKinds, classify, detailsOf, isCandidate } from './classify.ts';
import { type ErrorLog, type ErrorLogMessage, TEXT_LIMIT } from './error-log.ts';
import type { LineHead } from './formats/define-line-format.ts';
import { LineReader } from './line-reader.ts';
import { LineSplitter } from './line-splitter.ts';
import { type LogTime, type LogZone, readLogTime } from './log-time.ts';
import { type Mask, maskText } from './mask-text.ts';
import type { MessageDetails } from './message-fields.ts';
import { MessageKeeper } from './message-keeper.ts';
import type { MessageKind } from './messages/index.ts';

export interface ErrorLogOptions {
  /** Takes the secrets out of what is kept. */
  readonly mask: Mask;
  /** Of times without a zone; null: they stay as written. */
  readonly zone: LogZone | null;
}

/** Messages of replication and of the server's life that are kept. */
const KEPT = { first: 1_000, last: 20_000 };
/** Those that can fill a log without end: aborted connections, warnings. */
const KEPT_CHATTY = { first: 100, last: 1_000 };

/** Characters in which a line's head, and the first word behind it, are looked for. */
const BEGIN = 256;
/** Bytes of one entry: longer than any buffer that servers format a message in (`LOG_BUFF_MAX`). */
const ENTRY_LIMIT = 8 * 1024;

const CR = 0x0d;

/** An entry while its lines are read. */
interface OpenEntry {
  readonly head: LineHead;
  readonly offset: number;
  readonly parts: string[];
  /** Characters in `parts`. */
  size: number;
}

/** A message that may be kept, made when it is known that it is. */
interface Kept {
  readonly offset: number;
  make(): ErrorLogMessage;
}

const made = (message: ErrorLogMessage): Kept => ({
  offset: message.offset,
  make: () => message,
});

/** A text of its own: a slice would keep the entry alive that it was cut from. */
const copy = (text: string): string => Buffer.from(text).toString();

const shorten = (text: string): string =>
  text.length > TEXT_LIMIT ? `${copy(text.slice(0, TEXT_LIMIT))}…` : text;

const detached = (details: MessageDetails): MessageDetails =>
  Object.fromEntries(
    Object.entries(details).map(([name, value]) => [
      name,
      typeof value === 'string' ? copy(value) : value,
    ]),
  ) as MessageDetails;

/**
 * Reads an error log of MySQL or MariaDB, chunk by chunk, in constant memory: the formats are in
 * `formats/`, what may carry them in `carriers.ts`, the messages in `messages/`. Lines without a
 * head go on with the entry before them. Never throws: a line of no known format is nobody's.
 */
export class ErrorLogReader {
  readonly #options: ErrorLogOptions;
  readonly #lines = new LineReader();
  readonly #splitter = new LineSplitter((...line) => this.#readLine(...line));
  readonly #kept = new MessageKeeper<Kept>(KEPT);
  readonly #chatty = new MessageKeeper<Kept>(KEPT_CHATTY);
  readonly #counts = new Map<MessageKind, number>();
  #entries = 0;
  #first: string | null = null;
  #last: string | null = null;
  /** The entry that the lines belong to; null when it is none to be kept. */
  #open: OpenEntry | null = null;

  constructor(options: ErrorLogOptions) {
    this.#options = options;
  }

  push(bytes: Buffer): void {
    this.#splitter.push(bytes);
  }

  /** Ends the log, and says what was in it. */
  finish(): ErrorLog {
    this.#splitter.finish();
    this.#close();
    const messages = [...this.#kept.kept, ...this.#chatty.kept]
      .sort((a, b) => a.offset - b.offset)
      .map((kept) => kept.make());
    return {
      entries: this.#entries,
      first: this.#time(this.#first),
      last: this.#time(this.#last),
      counts: Object.fromEntries(this.#counts),
      messages,
      leftOut: this.#kept.leftOut + this.#chatty.leftOut,
    };
  }

  #readLine(bytes: Buffer, from: number, to: number, offset: number): void {
    let start = from;
    // Blocks that never reached the disk before a crash
    while (start < to && bytes[start] === 0) start += 1;
    const end = to > start && bytes[to - 1] === CR ? to - 1 : to;
    if (start === end) return;
    const begin = bytes.toString('latin1', start, Math.min(end, start + BEGIN));
    const whole = () => bytes.toString('utf8', start, end);
    const { head, from: skip, unwrapped } = this.#lines.read(begin, whole);
    const text = () =>
      unwrapped ?? bytes.toString('utf8', start + skip, Math.min(end, start + skip + ENTRY_LIMIT));
    if (!head) {
      if (this.#open) this.#goOn(this.#open, text());
      return;
    }
    this.#close();
    this.#entries += 1;
    this.#first ??= head.written;
    this.#last = head.written ?? this.#last;
    if (!isCandidate(unwrapped ?? begin.slice(skip), head)) return;
    this.#open = { head, offset: offset + start - from, parts: [], size: 0 };
    this.#goOn(this.#open, text());
  }

  #goOn(entry: OpenEntry, text: string): void {
    if (entry.size >= ENTRY_LIMIT) return;
    entry.parts.push(text.slice(0, ENTRY_LIMIT - entry.size));
    entry.size += text.length + 1;
  }

  #close(): void {
    const entry = this.#open;
    this.#open = null;
    if (!entry) return;
    const { head, offset } = entry;
    const text = entry.parts.join('\n').trimEnd();
    const classified = classify(text, head);
    if (!classified) return;
    const { kind } = classified;
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
    const keeper = chattyKinds.has(kind) ? this.#chatty : this.#kept;
    const make = () => this.#make(head, offset, text, classified);
    // Made at once, a long one is kept without the rest of its text
    keeper.add(text.length > TEXT_LIMIT ? made(make()) : { offset, make });
  }

  #make(head: LineHead, offset: number, text: string, classified: Classified): ErrorLogMessage {
    const { kind, actor } = classified;
    const { level, written, thread, code } = head;
    const details = detailsOf(classified, text);
    const { reason } = details;
    return {
      kind,
      actor,
      level,
      time: this.#time(written),
      thread,
      code,
      offset,
      text: shorten(maskText(text, this.#options.mask)),
      details: detached(
        reason === undefined ? details : { ...details, reason: this.#options.mask(reason) },
      ),
    };
  }

  #time(written: string | null): LogTime | null {
    return written === null ? null : readLogTime(written, this.#options.zone);
  }
}

/** Reads an error log that is in memory. */
export const parseErrorLog = (bytes: Buffer, options: ErrorLogOptions): ErrorLog => {
  const reader = new ErrorLogReader(options);
  reader.push(bytes);
  return reader.finish();
};
