/** Public API: scan, render, bring rules of one's own, and read single logs. */
export type { KeyFile } from './binlog/encryption/define-key-store.ts';
export type { KeyStore } from './binlog/encryption/key-store.ts';
export { readKeyStore } from './binlog/encryption/read-key-store.ts';
export type { BinlogEvent } from './binlog/events/index.ts';
export { type LogEvent, openLog } from './binlog/open-log.ts';
export { type PayloadEvent, payloadEvents } from './binlog/payload-events.ts';
export { statementOf } from './binlog/statement-of.ts';
export { MalformedError } from './bytes/malformed-error.ts';
export type { Evidence } from './evidence/evidence.ts';
export type { LogFacts } from './facts/facts.ts';
export { render } from './report/render.ts';
export type { Format, RenderOptions } from './report/renderers/index.ts';
export {
  type Report,
  type ReportFinding as Finding,
  type ReportOutcome as Outcome,
  ReportSchemaVersion,
} from './report/report.ts';
export {
  type AnyRule,
  defineRule,
  type Found,
  type Locus,
  type Rule,
  type Seen,
} from './rules/define-rule.ts';
export type { Confidence, EvidenceEntry, Fix, Severity, Step } from './rules/finding.ts';
export { rules } from './rules/index.ts';
export { type ScanOptions, scan } from './scan.ts';
