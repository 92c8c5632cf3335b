import type { LogActor } from '../error-log.ts';

/** One kind of message: a row of the table. */
export interface MessageDefinition {
  /** What happened, named once for all servers. */
  readonly kind: string;
  readonly actor: LogActor;
  /** What servers print, as templates (see `template.ts`), the more telling first. */
  readonly texts: readonly string[];
  /** Error numbers of the error log (MySQL 8.0+, `MY-`), where they stand for this kind alone. */
  readonly codes?: readonly number[];
  /** Who prints it: server file and function, or the names of the messages. */
  readonly source: string;
  /** Can fill a log without end: kept apart, so that it drives no other out. */
  readonly chatty?: true;
}
