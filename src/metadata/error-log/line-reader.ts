import { type Carrier, carriers } from './carriers.ts';
import { bareLevel } from './formats/bare-level.ts';
import { type LineFormat, type LineHead, readHead } from './formats/define-line-format.ts';
import { lineFormats } from './formats/index.ts';
import { jsonObject, readJsonMessage } from './formats/json-line.ts';

/** A line as an error log's: with a head it begins an entry, without one it goes on with the last. */
export interface ReadLine {
  readonly head: LineHead | null;
  /** Characters before the message. */
  readonly from: number;
  /** The message itself, where it does not stand in the line as it is (JSON). */
  readonly unwrapped: string | null;
}

/** Tells the heads of lines. Remembers the format and the carrier of the last one: logs rarely mix. */
export class LineReader {
  #format: LineFormat | null = null;
  #carrier: Carrier | null = null;

  /** `begin` is the line's beginning, as much as any head has; `whole` gives all of it. */
  read(begin: string, whole: () => string): ReadLine {
    if (begin.startsWith('{')) {
      const read = this.#readJson(whole());
      if (read) return read;
    }
    const plain = this.#readPlain(begin);
    if (plain) return { head: plain, from: plain.length, unwrapped: null };
    return this.#readCarried(begin);
  }

  #readPlain(line: string): LineHead | null {
    const known = this.#format && readHead(this.#format, line);
    if (known) return known;
    for (const format of lineFormats) {
      const head = format === this.#format ? null : readHead(format, line);
      if (head) {
        this.#format = format;
        return head;
      }
    }
    return null;
  }

  #readCarried(begin: string): ReadLine {
    for (const carrier of carriers) {
      const prefix = carrier.prefix.exec(begin);
      if (!prefix) continue;
      const rest = begin.slice(prefix[0].length);
      const head = this.#readPlain(rest) ?? readHead(bareLevel, rest);
      if (!head) continue;
      this.#carrier = carrier;
      const written = head.written ?? prefix.groups?.['time'] ?? null;
      const from = prefix[0].length + head.length;
      return { head: { ...head, written }, from, unwrapped: null };
    }
    const again = this.#carrier?.prefix.exec(begin)?.[0].length ?? 0;
    return { head: null, from: again, unwrapped: null };
  }

  /** The server's own JSON, or Docker's and the journal's around a line. */
  #readJson(line: string): ReadLine | null {
    const object = jsonObject(line);
    if (!object) return null;
    const message = readJsonMessage(object);
    if (message) return { head: message.head, from: 0, unwrapped: message.text };
    const carried = object['log'] ?? object['MESSAGE'];
    if (typeof carried !== 'string') return null;
    const inner = carried.replace(/\n$/, '');
    const sink = jsonObject(inner);
    const nested = sink && readJsonMessage(sink);
    if (nested) return { head: nested.head, from: 0, unwrapped: nested.text };
    const head = this.#readPlain(inner) ?? readHead(bareLevel, inner);
    const time = object['time'];
    return {
      head: head && { ...head, written: head.written ?? (typeof time === 'string' ? time : null) },
      from: 0,
      unwrapped: inner.slice(head?.length ?? 0),
    };
  }
}
