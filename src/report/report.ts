import type { Confidence, EvidenceEntry, Fix, Severity, Step } from '../rules/finding.ts';

/** The report, version 1: the shapes behind `report.schema.json`. Additive changes only. */
export const ReportSchemaVersion = 1;

export interface PlanStep extends Step {
  /** Fingerprints of the findings that ask for this step. */
  readonly findings: readonly string[];
}

export interface ReportFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly title: string;
  readonly summary: string;
  readonly explanation: string;
  readonly fingerprint: string;
  readonly server: number | null;
  /** Its server as a plan names it; left out where the id is enough: `server 12`. */
  readonly serverName?: string;
  readonly channel: string;
  readonly causedBy: string | null;
  readonly evidence: readonly EvidenceEntry[];
  readonly facts: Readonly<Record<string, unknown>>;
  readonly excluded: readonly { readonly trap: string; readonly why: string }[];
  readonly fix: Fix | null;
  readonly references: readonly string[];
}

export interface ReportContext {
  readonly kind: string;
  readonly summary: string;
  readonly evidence: readonly EvidenceEntry[];
  readonly facts: Readonly<Record<string, unknown>>;
}

export interface ReportOutcome {
  readonly rule: string;
  readonly status: 'found' | 'clear' | 'not-assessed' | 'failed';
  readonly missing: readonly string[];
  /** A command to paste that collects what is missing. */
  readonly bring: string | null;
  readonly error: string | null;
}

export type InputState = 'complete' | 'open' | 'truncated' | 'corrupt' | 'encrypted' | 'unreadable';

export interface ReportInput {
  readonly path: string;
  /** `binary-log`, `relay-log`, `log`, `master-info`, …, `unrecognised`. */
  readonly kind: string;
  readonly flavor: 'mysql' | 'mariadb' | null;
  readonly serverVersion: string | null;
  readonly serverId: number | null;
  readonly sourceServerId: number | null;
  /** Of a log, decompressed; of other files as they lie there. */
  readonly bytes: number;
  /** How the file is compressed: all offsets are those of the decompressed bytes. Left out where it is not. */
  readonly compression?: 'gzip' | 'zstd';
  readonly events: number | null;
  readonly checksum: 'crc32' | 'none' | null;
  readonly badChecksums: number | null;
  readonly first: string | null;
  readonly last: string | null;
  readonly state: InputState;
  /** Read because it lay beside an input, not because it was named. */
  readonly foundBeside: boolean;
  /** Id of the key that opened an encrypted log; left out for every other file. */
  readonly decryptedWith?: string;
}

export interface ReportServer {
  readonly serverId: number | null;
  /** As a plan names it; left out where its id is enough: `server 12`. */
  readonly name?: string;
  readonly uuid: string | null;
  readonly flavor: 'mysql' | 'mariadb' | null;
  readonly version: string | null;
  readonly dialect: string | null;
  readonly role: 'source' | 'replica' | 'source and replica' | 'unknown';
  /** Folder of its files, as the inputs name it. */
  readonly folder: string;
  /** Where each of its channels receives from, as far as its files tell. */
  readonly sources: ReadonlyArray<{
    readonly channel: string;
    readonly serverId: number | null;
    readonly host: string | null;
    readonly port: number | null;
  }>;
  readonly inputs: readonly string[];
}

export interface Problem {
  readonly path: string;
  readonly offset: number | null;
  readonly message: string;
}

export interface Report {
  readonly $schema: string;
  readonly schemaVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  readonly now: string;
  readonly verdict: string;
  readonly stopTheDamage: {
    readonly on: string;
    readonly run: string;
    readonly because: string;
  } | null;
  readonly plan: readonly PlanStep[];
  readonly planWithheld: string | null;
  readonly summary: {
    readonly bySeverity: Readonly<Record<Severity, number>>;
    readonly inputs: number;
    readonly bytes: number;
    readonly events: number;
    /** True after an interrupt: what follows is what was known by then. */
    readonly partial: boolean;
    /** Files of a directory that are no replication evidence, by count. */
    readonly skipped: number;
  };
  readonly inputs: readonly ReportInput[];
  readonly servers: readonly ReportServer[];
  readonly findings: readonly ReportFinding[];
  readonly context: readonly ReportContext[];
  readonly outcomes: readonly ReportOutcome[];
  readonly problems: readonly Problem[];
}
