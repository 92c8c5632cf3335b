import type { MetadataProblem } from '../parsed.ts';
import type { PastedForm, PastedRow } from './pasted-row.ts';
import type { AnySection } from './sections/index.ts';

/** The rows that one statement printed. */
export interface PastedTable {
  readonly section: AnySection;
  readonly form: PastedForm;
  readonly rows: readonly PastedRow[];
  /** Rows that are there and could not be taken apart. */
  readonly problems: readonly MetadataProblem[];
  /** Number of the first line behind it. */
  readonly next: number;
}
