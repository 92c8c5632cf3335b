/** Public API: what a program needs to scan, to render, and to bring rules of its own. */
export { type Format, renderers } from './report/renderers/index.ts';
export type { RenderOptions } from './report/renderers/renderer.ts';
export { type Report, type ReportFinding, ReportSchemaVersion } from './report/report.ts';
export { type AnyRule, defineRule, type Found, type Rule } from './rules/define-rule.ts';
export type { Confidence, Fix, Severity, Step } from './rules/finding.ts';
export { rules } from './rules/index.ts';
export { type ScanOptions, scan } from './scan.ts';
