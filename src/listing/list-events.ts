import { MalformedError } from '../bytes/malformed-error.ts';
import { type EventFilter, isAsked } from './event-filter.ts';
import { damageText } from './formats/damage-line.ts';
import type { FormatOptions } from './formats/define-format.ts';
import { formats, type ListingFormatName } from './formats/index.ts';
import { type LogToList, readListed } from './read-listed.ts';

export interface EventsOptions extends FormatOptions {
  readonly format: ListingFormatName;
  readonly filter: EventFilter;
  /** Events at most, over all logs; null for no limit. */
  readonly limit: number | null;
}

/** Events that may be read before the text of an earlier one is given, and characters of it. */
const EVENTS_UNSEEN = 64;
const PIECE_CHARACTERS = 1 << 14;

/** Lists events of one log after the other, as text; keeps count of the limit between them. */
export class EventLister {
  readonly #options: EventsOptions;
  readonly #format;
  readonly #onProblem: (problem: string) => void;
  #left: number;

  /** `onProblem` is told, in one line, of each place that could not be read. */
  constructor(options: EventsOptions, onProblem: (problem: string) => void) {
    this.#options = options;
    this.#format = formats[options.format](options, onProblem);
    this.#onProblem = onProblem;
    this.#left = options.limit ?? Number.POSITIVE_INFINITY;
  }

  get isDone(): boolean {
    return this.#left <= 0;
  }

  /**
   * Whole lines in pieces: the first event at once, the others a few together. Never throws on what the
   * bytes hold.
   */
  *list(log: LogToList): Generator<string, void, undefined> {
    let piece = '';
    let unseen = EVENTS_UNSEEN;
    for (const text of this.#lines(log)) {
      piece += text;
      unseen += 1;
      if (piece === '' || (unseen < EVENTS_UNSEEN && piece.length < PIECE_CHARACTERS)) continue;
      yield piece;
      piece = '';
      unseen = 0;
    }
    if (piece !== '') yield piece;
  }

  /** The text of each event, '' of those that were not asked for, and of damage between them. */
  *#lines(log: LogToList): Generator<string, void, undefined> {
    let head = this.#format.head(log.path);
    const headed = (text: string): string => {
      const both = head + text;
      head = '';
      return both;
    };
    const damaged: string[] = [];
    const events = readListed(log, this.#options.trace, (damage) => {
      this.#onProblem(damageText(log.path, damage));
      damaged.push(this.#format.damage(log.path, damage));
    });
    try {
      for (const listed of events) {
        if (damaged.length > 0) yield* damaged.splice(0).map(headed);
        if (listed.problem !== null) this.#onProblem(listed.problem);
        if (!isAsked(this.#options.filter, listed, log.name)) {
          yield '';
          continue;
        }
        yield headed(this.#format.event(listed));
        this.#left -= 1;
        if (this.isDone) return;
      }
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
      this.#onProblem(error.message);
    }
    yield* damaged.splice(0).map(headed);
  }
}
