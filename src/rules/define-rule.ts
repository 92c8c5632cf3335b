import type { Evidence, Server } from '../evidence/evidence.ts';
import {
  type Bring,
  bringErrorLog,
  bringExecutedPosition,
  bringReadPosition,
  bringStatus,
  bringWitness,
} from './bring.ts';
import type { Confidence, Fix, Severity } from './finding.ts';

/** What a rule may ask for. The key is the field of {@link Evidence}; the words tell a person what to bring. */
export const EVIDENCE_KINDS = {
  logs: {
    name: 'a binary or relay log whose events can be read',
    bring: 'cp -a DATADIR/*-bin.* DATADIR/*-relay-bin.* COPY/',
  },
  relayInfos: {
    name: 'relay-log.info, or a text of its table, beside the relay logs',
    bring: bringExecutedPosition,
  },
  masterInfos: {
    name: 'master.info, or a status of the stopped replica, beside the relay logs',
    bring: bringReadPosition,
  },
  relayIndexes: {
    name: 'the index beside the relay logs',
    bring: 'cp -a DATADIR/*relay-bin*.index COPY/',
  },
  replicaBinlogs: {
    name: 'the replica’s own binary logs, with log_slave_updates',
    bring: 'cp -a DATADIR/*-bin.* COPY/',
  },
  sourceBinlogs: {
    name: 'the source’s binary logs, in a folder of their own beside the replica’s: name both',
    bring: 'on the source: cp -a DATADIR/*-bin.* COPY-SOURCE/',
  },
  threadWitnesses: {
    name: 'the replica’s error log, or its SHOW REPLICA STATUS',
    bring: bringWitness,
  },
  errorLogs: {
    name: 'an error log',
    bring: bringErrorLog,
  },
  statuses: {
    name: 'a text of SHOW REPLICA STATUS (SHOW SLAVE STATUS)',
    bring: bringStatus,
  },
  relays: { name: 'relay logs whose events can be read', bring: 'cp -a DATADIR/*relay-bin* COPY/' },
} as const satisfies Partial<Record<keyof Evidence, { name: string; bring: Bring }>>;

export type EvidenceKind = keyof typeof EVIDENCE_KINDS;

/** A place that shows a finding; the report adds what stands there. */
export interface Locus {
  readonly path: string;
  readonly offset: number;
  readonly length: number | null;
  readonly field: string | null;
  readonly source: { readonly file: string; readonly position: number } | null;
  readonly gtid: string | null;
  /** What to see there, in words; null for the event's own text. */
  readonly text: string | null;
}

/** What a rule found: data; `explain` and `fix` turn it into words. */
export interface Found<Facts extends object = object, Subject = unknown> {
  /** Tells this finding from others of its rule on its server; part of the fingerprint. */
  readonly key: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly title: string;
  readonly summary: string;
  readonly server: Server | null;
  readonly channel: string;
  /** Other servers that it is seen on: what follows from it there names it as its cause. */
  readonly alsoOn?: readonly Server[];
  readonly at: readonly [Locus, ...Locus[]];
  readonly facts: Facts;
  readonly excluded: ReadonlyArray<{ readonly trap: string; readonly why: string }>;
  /** Of the rule's `follows` those that can be the cause of this one; all of them where it is left out. */
  readonly follows?: readonly string[];
  /** The evidence that `fix` works on; no part of the report. */
  readonly subject: Subject;
}

/** What a rule sees of the evidence: what it needs, what was looked up, and the clock and thresholds. */
export type Seen<Needs extends EvidenceKind> = Pick<
  Evidence,
  Needs | 'servers' | 'streams' | 'applyTraces' | 'now' | 'staleAfter'
>;

/** One diagnosis: detect, explain, fix. The texts are its documentation (`explain <rule>`). */
export interface Rule<
  Needs extends EvidenceKind = EvidenceKind,
  Facts extends object = object,
  Subject = unknown,
> {
  readonly id: string;
  readonly title: string;
  /** Severity by state, one line a state. */
  readonly severity: string;
  readonly needs: readonly Needs[];
  readonly story: string;
  readonly traps: ReadonlyArray<{ readonly trap: string; readonly why: string }>;
  readonly fixStory: string;
  readonly references: readonly string[];
  detect(seen: Seen<Needs>): Iterable<Found<Facts, Subject>>;
  /** Why nothing could be judged though the evidence is there; null where it could. Asked when nothing was found. */
  unjudged?(seen: Seen<Needs>): string | null;
  /**
   * Rules whose findings on the same channel are the cause of this one's; of its own rule only what is
   * also on this one's server.
   */
  readonly follows?: readonly string[];
  explain(found: Found<Facts, Subject>): string;
  /** Null where nothing is to be done. */
  fix(found: Found<Facts, Subject>, seen: Seen<Needs>): Fix | null;
}

export const defineRule = <const Needs extends EvidenceKind, Facts extends object, Subject>(
  rule: Rule<Needs, Facts, Subject>,
): Rule<Needs, Facts, Subject> => rule;

/** The registry's element: a rule whose own facts are its own business (method parameters are bivariant). */
export type AnyRule = Rule;
