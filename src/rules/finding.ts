// The shapes of what a rule says. `report/` prints them unchanged.

export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info';
export type Confidence = 'proven' | 'likely' | 'possible';

/** Worst first. */
export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];

export type Risk = 'none' | 'reversible' | 'rewrites-position' | 'loses-data';

/** One thing to do on one server: data for programs (`run`) and reasons for people. */
export interface Step {
  /** `check` changes nothing and says what to expect; `change` does. */
  readonly kind: 'check' | 'change';
  /** `server 12`; `server 12, shell` for a command outside the SQL client. */
  readonly on: string;
  readonly run: string;
  readonly expect: string | null;
  readonly risk: Risk;
  readonly because: string;
}

export interface Precondition {
  readonly text: string;
  readonly state: 'met' | 'unmet' | 'unknown';
}

export interface Alternative {
  readonly title: string;
  readonly steps: readonly Step[];
  readonly costs: string;
}

/** Of a repair that is withheld since nothing tells the version of its server. */
export const UNKNOWN_DIALECT = 'unknown';

export interface Fix {
  /** `mysql-9.7`. */
  readonly dialect: string;
  /** Why there are no steps; null when there are. */
  readonly withheld: string | null;
  readonly preconditions: readonly Precondition[];
  readonly steps: readonly Step[];
  readonly sideEffects: readonly string[];
  readonly undo: readonly string[];
  readonly alternatives: readonly Alternative[];
}

/** A place in a file that anyone can look at again with `xxd -s OFFSET` or `mysqlbinlog`. */
export interface EvidenceEntry {
  readonly path: string;
  readonly offset: number;
  readonly length: number | null;
  readonly eventType: string | null;
  readonly serverId: number | null;
  readonly timestamp: string | null;
  readonly source: { readonly file: string; readonly position: number } | null;
  readonly gtid: string | null;
  readonly field: string | null;
  /** Statement or description; secrets masked. */
  readonly text: string | null;
}
