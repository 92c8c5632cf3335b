import type { LogDamage } from '../../binlog/damage.ts';
import type { ListedEvent } from '../listed-event.ts';
import type { OnProblem } from '../rows.ts';

export interface FormatOptions {
  /** Row values too, where the format does not show them anyway. */
  readonly rows: boolean;
  /** Every field with its offset and bytes. */
  readonly trace: boolean;
  /** The types of columns beside their values. */
  readonly verbose: boolean;
  /** Rows byte for byte as `mysqlbinlog` prints them: `@1`, numbers of ENUM and SET, stored bytes. */
  readonly raw: boolean;
}

/** How events are written; each answer ends with a line break or is empty. */
export interface ListingFormat {
  /** Before the first event of a log that is listed. */
  readonly head: (path: string) => string;
  readonly event: (listed: ListedEvent) => string;
  /** Where something could not be read. */
  readonly damage: (path: string, damage: LogDamage) => string;
}

/** `onProblem` is told of rows that contradict the format. */
export type DefineFormat = (options: FormatOptions, onProblem: OnProblem) => ListingFormat;
