import type { LogDamage } from '../binlog/damage.ts';
import type { LogEvent } from '../binlog/read-log.ts';
import { FRAMING } from '../binlog/transaction-marks.ts';
import { MalformedError } from '../bytes/malformed-error.ts';
import { type EventFilter, isAsked } from '../listing/event-filter.ts';
import { damageText } from '../listing/formats/damage-line.ts';
import type { ListedEvent } from '../listing/listed-event.ts';
import { type LogToList, readListed } from '../listing/read-listed.ts';
import { type EventChange, eventChange } from './event-change.ts';
import { LogTally } from './log-tally.ts';
import { ProblemList } from './problem-list.ts';
import { RateSeries } from './rate-series.ts';
import { ServerIdTally } from './server-id-tally.ts';
import { type FileStats, type Stats, StatsSchemaVersion } from './stats.ts';
import { TableTally } from './table-tally.ts';
import { transactionMark } from './transaction-mark.ts';
import { TransactionSums, TransactionTally } from './transaction-tally.ts';

/** Sums up logs, one after the other, in memory that does not grow with them. */
export class StatsGatherer {
  readonly problems: ProblemList;
  readonly #filter: EventFilter;
  readonly #files: FileStats[] = [];
  readonly #total = new LogTally();
  readonly #tables = new TableTally();
  readonly #transactions = new TransactionSums();
  readonly #rate = new RateSeries();

  /** `onProblem` is told, in one line, of each place that could not be read: the first thousand. */
  constructor(filter: EventFilter, onProblem: (problem: string) => void) {
    this.#filter = filter;
    this.problems = new ProblemList(onProblem);
  }

  /** Reads one log to its end; never throws on what the bytes hold. */
  add(log: LogToList): void {
    const tally = new LogTally();
    const transactions = new TransactionTally();
    const servers = new ServerIdTally();
    const damage = { places: 0, bytes: 0 };
    const onDamage = (found: LogDamage): void => {
      this.problems.add(damageText(log.path, found));
      damage.places += 1;
      damage.bytes += found.length;
      transactions.damaged(found);
    };
    let kind: FileStats['kind'] = null;
    let wholeUntil = 0;
    let last: LogEvent | null = null;
    for (const listed of this.#events(log, onDamage)) {
      const { event, innerOffset, problem, isRelay } = listed;
      if (problem !== null) {
        this.problems.add(problem);
        tally.malformedEvents += 1;
        // A payload is listed again where it cannot be read to its end
        if (event === last) continue;
      }
      last = event;
      kind = isRelay ? 'relay-log' : 'binary-log';
      if (innerOffset === null) wholeUntil = event.offset + event.size;
      const mark = FRAMING[event.typeCode] === 1 ? null : transactionMark(listed);
      transactions.pass(listed, mark);
      if (!isAsked(this.#filter, listed, log.name)) continue;
      const change = mark === null ? null : eventChange(listed, mark);
      const bytes = innerOffset === null ? event.size : 0;
      tally.see(listed, change);
      servers.see(event.serverId, bytes);
      this.#change(listed, change);
      if (mark !== null) {
        transactions.count(bytes, change);
        this.#over(listed, bytes, change);
      }
      if (change !== null && change.kind !== 'statement' && change.problem !== null) {
        this.problems.add(change.problem);
        tally.malformedEvents += 1;
      }
    }
    transactions.finish();
    const { sums } = transactions;
    tally.transactions = sums.count;
    this.#total.merge(tally);
    this.#transactions.merge(sums);
    this.#files.push({
      path: log.path,
      kind,
      bytes: log.source.size,
      wholeUntil,
      ...tally.stats(),
      ...servers.stats(),
      gtids: sums.gtids.stats(),
      otherGtids: sums.gtids.other,
      damage,
    });
  }

  finish(): Stats {
    const { tables, other } = this.#tables.stats();
    const { count, largest, longest, rate } = this.#transactions;
    this.#rate.merge(rate);
    const bytes = this.#files.reduce<number | null>(
      (sum, file) => (sum === null || file.bytes === null ? null : sum + file.bytes),
      0,
    );
    return {
      statsSchemaVersion: StatsSchemaVersion,
      total: { files: this.#files.length, bytes, ...this.#total.stats() },
      files: this.#files,
      tables,
      otherTables: other,
      transactions: { count, largest: largest.items, longest: longest.items },
      rate: this.#rate.stats(),
      problems: this.problems.kept,
      problemsLeftOut: this.problems.leftOut,
    };
  }

  *#events(
    log: LogToList,
    onDamage: (damage: LogDamage) => void,
  ): Generator<ListedEvent, void, undefined> {
    try {
      yield* readListed(log, false, onDamage);
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
      this.problems.add(error.message);
    }
  }

  #change({ event, innerOffset }: ListedEvent, change: EventChange | null): void {
    if (change === null) return;
    if (change.kind === 'statement') {
      for (const table of change.tables) this.#tables.statement(table);
    } else if (change.table !== null) {
      const { table, kind, rows } = change;
      this.#tables.rows(table, kind, rows, event.size, innerOffset !== null);
    }
  }

  #over({ time }: ListedEvent, bytes: number, change: EventChange | null): void {
    if (time === 0) return;
    const rows = change === null || change.kind === 'statement' ? 0 : change.rows;
    this.#rate.add(time, { events: 1, transactions: 0, bytes, rows });
  }
}
