import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { maskSecrets } from '../../src/binlog/mask-secrets.ts';
import { fromBytes } from '../../src/bytes/byte-source.ts';
import { buildEvidence } from '../../src/evidence/build-evidence.ts';
import type { Channel, Evidence, Server } from '../../src/evidence/evidence.ts';
import type { LogFacts } from '../../src/facts/facts.ts';
import { gatherLogFacts } from '../../src/facts/gather-log-facts.ts';
import { documentsIn } from '../../src/inputs/documents-in.ts';
import { type Named, namedIn } from '../../src/inputs/named-in.ts';
import { parseErrorLog } from '../../src/metadata/error-log/error-log-reader.ts';
import { type MetadataDocument, parseMetadata } from '../../src/metadata/index.ts';
import { sniffMetadata } from '../../src/metadata/sniff.ts';
import type { Report, ReportFinding } from '../../src/report/report.ts';
import { rules } from '../../src/rules/index.ts';
import { type Judged, judge, type Outcome } from '../../src/rules/judge.ts';
import { type ScanOptions, scan } from '../../src/scan.ts';
import { LogBuilder } from './build-log.ts';
import { RelayLog } from './relay-log.ts';

/** What lies on a disk, by path: logs as they were built, status files as text. */
export type Files = Readonly<Record<string, RelayLog | LogBuilder | Uint8Array | string>>;

/** The rules that judge logs alone; others are tested where they are. */
export const CORE_RULES = rules.filter(({ id }) =>
  ['foreign-server-id-loop', 'corrupt-event', 'truncated-log', 'stale-format-description'].includes(
    id,
  ),
);

export const NOW = new Date('2023-11-15T12:00:00Z');

const bytesOf = (content: Files[string]): Buffer =>
  content instanceof LogBuilder || content instanceof RelayLog
    ? content.bytes()
    : Buffer.from(content);

const gather = (path: string, bytes: Buffer, named: Named): LogFacts => {
  const walk = gatherLogFacts({
    path,
    source: fromBytes(bytes),
    identity: path,
    modified: null,
    ...named,
  });
  for (;;) {
    const step = walk.next();
    if (step.done) return step.value;
  }
};

const isLog = (bytes: Buffer): boolean => /^(?:fe|fd|00)62696e/.test(bytes.toString('hex', 0, 4));

const readDocument = (path: string, bytes: Buffer): MetadataDocument => {
  const kind = sniffMetadata(bytes, basename(path));
  if (kind === null) throw new Error(`${path} is no status file`);
  if (kind === 'error-log') {
    const value = parseErrorLog(bytes, { mask: (sql) => maskSecrets(sql).text, zone: null });
    return { kind, path, value, problems: [] };
  }
  return parseMetadata(kind, path, bytes);
};

export interface Settings {
  readonly now?: Date;
  readonly staleAfter?: number;
  readonly serverId?: number;
  /** Logs of which there are no facts. */
  readonly withoutFacts?: number;
  /** Paths of files that lie there and were not read. */
  readonly unread?: readonly string[];
}

export const evidenceOf = (files: Files, settings: Settings = {}): Evidence => {
  const all = Object.entries(files).map(([path, content]) => ({ path, bytes: bytesOf(content) }));
  const documents = all
    .filter(({ bytes }) => !isLog(bytes))
    .map(({ path, bytes }) => readDocument(path, bytes));
  const naming = documents.flatMap((document) => [document, ...documentsIn(document)]);
  const facts = all
    .filter(({ bytes }) => isLog(bytes))
    .map(({ path, bytes }) => gather(path, bytes, namedIn(basename(path), naming)));
  return buildEvidence(facts, documents, {
    now: Math.floor((settings.now ?? NOW).getTime() / 1000),
    staleAfter: settings.staleAfter ?? 30,
    serverId: settings.serverId ?? null,
    withoutFacts: settings.withoutFacts ?? 0,
    unread: settings.unread ?? [],
  });
};

export const outcomesOf = (files: Files, settings: Settings = {}): Outcome[] =>
  judge(CORE_RULES, evidenceOf(files, settings));

/** What becomes of any one rule; an error that it throws is thrown. */
export const outcomeOf = (rule: string, files: Files, settings: Settings = {}): Outcome => {
  const [outcome] = judge(
    rules.filter(({ id }) => id === rule),
    evidenceOf(files, settings),
  );
  if (!outcome) throw new Error(`no rule ${rule}`);
  if (outcome.status === 'failed') throw outcome.error;
  return outcome;
};

/** Bytes → facts → evidence → what one rule finds; an error that a rule throws is thrown. */
export const findingsOf = (
  rule: string,
  files: Files,
  settings: Settings = {},
): readonly Judged[] => {
  const outcome = outcomesOf(files, settings).find((one) => one.rule.id === rule);
  if (outcome?.status === 'failed') throw outcome.error;
  return outcome?.status === 'found' ? outcome.findings : [];
};

/** Severities and confidences of what every rule finds: `foreign-server-id-loop critical proven`. */
export const verdictsOf = (files: Files, settings: Settings = {}): string[] =>
  outcomesOf(files, settings).flatMap((outcome) => {
    if (outcome.status === 'failed') throw outcome.error;
    if (outcome.status !== 'found') return [];
    return outcome.findings.map(
      ({ found }) => `${outcome.rule.id} ${found.severity} ${found.confidence}`,
    );
  });

export const onlyServer = (files: Files, settings: Settings = {}): Server => {
  const { servers } = evidenceOf(files, settings);
  if (servers.length !== 1 || !servers[0]) throw new Error(`${servers.length} servers`);
  return servers[0];
};

export const onlyChannel = (files: Files, settings: Settings = {}): Channel => {
  const { channels } = onlyServer(files, settings);
  if (channels.length !== 1 || !channels[0]) throw new Error(`${channels.length} channels`);
  return channels[0];
};

/** The whole report, from files on a disk; paths in it are those of `files`. */
export const reportOf = async (
  files: Files,
  options: Partial<ScanOptions> & { readonly inputs?: readonly string[] } = {},
): Promise<Report> => {
  const { inputs = ['.'], ...rest } = options;
  const folder = mkdtempSync(join(tmpdir(), 'repl-forensics-'));
  const before = process.cwd();
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), bytesOf(content));
    }
    process.chdir(folder);
    return await scan(inputs, { now: NOW, rules: CORE_RULES, ...rest });
  } finally {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  }
};

export const findingOf = (report: Report, rule: string): ReportFinding => {
  const found = report.findings.filter((finding) => finding.rule === rule);
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} findings of ${rule}`);
  return found[0];
};
