import { createHash } from 'node:crypto';
import { areTwo } from '../evidence/duplicate-ids.ts';
import type { Evidence, Server } from '../evidence/evidence.ts';
import type { Expansion } from '../inputs/expand.ts';
import type { Gathered } from '../inputs/gather-facts.ts';
import type { KeyProblem } from '../inputs/key-ring.ts';
import type { SortedInputs } from '../inputs/sort-inputs.ts';
import type { Found, Locus } from '../rules/define-rule.ts';
import { type EvidenceEntry, SEVERITIES } from '../rules/finding.ts';
import { serverName } from '../rules/fix/steps.ts';
import { commonWording, referencesFor, type Wording } from '../rules/in-dialect.ts';
import type { Outcome } from '../rules/judge.ts';
import { buildInputs } from './build-inputs.ts';
import { buildPlan } from './build-plan.ts';
import { contexts } from './context/index.ts';
import { orderByCause } from './order-by-cause.ts';
import { buildProblems } from './problems.ts';
import {
  type Report,
  type ReportFinding,
  type ReportOutcome,
  ReportSchemaVersion,
} from './report.ts';
import { SCHEMA_ID } from './schema-id.ts';
import { buildVerdict } from './verdict.ts';

export interface ReportParts {
  readonly now: Date;
  /** Of this package. */
  readonly version: string;
  readonly found: Expansion;
  readonly sorted: SortedInputs;
  readonly gathered: Gathered;
  readonly keyProblems: readonly KeyProblem[];
  readonly evidence: Evidence;
  readonly outcomes: readonly Outcome[];
  readonly describe: (locus: Locus) => EvidenceEntry;
}

/** Puts outcomes and evidence into the report's shape. Same parts, same report. */
export const buildReport = (parts: ReportParts): Report => {
  const { evidence, found, sorted, gathered, outcomes, describe } = parts;
  const findings = orderByCause(linkCauses(buildFindings(parts), outcomes, evidence.servers));
  const problems = buildProblems(parts);
  const inputs = buildInputs(found.files, sorted, gathered.facts, evidence);
  const wording = commonWording(evidence.servers);
  const said = outcomes.map((outcome) => reportOutcome(outcome, wording));
  return {
    $schema: SCHEMA_ID,
    schemaVersion: ReportSchemaVersion,
    tool: { name: 'repl-forensics', version: parts.version },
    now: `${parts.now.toISOString().slice(0, 19)}Z`,
    verdict: buildVerdict(findings, evidence, said, problems),
    ...buildPlan(findings, evidence.logs.length > 0, mayBeOne(evidence.servers)),
    summary: {
      bySeverity: {
        critical: 0,
        high: 0,
        medium: 0,
        low: 0,
        info: 0,
        ...Object.fromEntries(
          SEVERITIES.map((level) => [level, findings.filter((f) => f.severity === level).length]),
        ),
      },
      inputs: inputs.length,
      bytes: inputs.reduce((sum, input) => sum + input.bytes, 0),
      events: inputs.reduce((sum, input) => sum + (input.events ?? 0), 0),
      partial: gathered.interrupted.length > 0,
      skipped: sorted.skipped.length,
    },
    inputs,
    servers: evidence.servers.map((server) => ({
      serverId: server.id,
      ...(server.mark === null ? {} : { name: serverName(server) }),
      uuid: server.uuid,
      flavor: server.version?.flavor ?? server.dialect?.flavor ?? null,
      version: server.version?.text ?? null,
      dialect: server.dialect?.id ?? null,
      role: roleOf(server, evidence),
      folder: server.folder,
      sources: channelsOfSources(server).map((channel) => ({
        channel: channel.name,
        serverId: channel.sourceIds.at(-1) ?? null,
        host: channel.masterInfo?.value.host || null,
        port: channel.masterInfo?.value.port ?? null,
      })),
      inputs: server.inputs,
    })),
    findings,
    context: contexts.flatMap((context) =>
      context(evidence).map(({ at, ...entry }) => ({
        ...entry,
        summary: wording.sentence(entry.summary),
        evidence: at.map(describe),
      })),
    ),
    outcomes: said,
    problems,
  };
};

/** Without relay logs that hold nothing of a source, which a start under another name leaves behind. */
const channelsOfSources = ({ channels }: Server): Server['channels'] => {
  const some = channels.filter(
    ({ masterInfo, relayLogInfo, sourceIds }) =>
      masterInfo !== null || relayLogInfo !== null || sourceIds.length > 0,
  );
  return some.length > 0 ? some : channels;
};

/** A sentence that begins with a server's name, or the replica's, begun as a sentence. */
const begun = (text: string): string =>
  text.replace(
    /^(?:server \d|the (?:replica|slave)\b)/,
    (name) => name.charAt(0).toUpperCase() + name.slice(1),
  );

/** May two names that a plan uses mean one server, as when its files of two moments were given? */
const mayBeOne = (servers: Evidence['servers']): ((a: string, b: string) => boolean) => {
  const named = (name: string) => servers.find((server) => serverName(server) === name);
  return (a, b) => {
    const [one, other] = [named(a), named(b)];
    return one !== undefined && other !== undefined && one.id === other.id && !areTwo(one, other);
  };
};

const roleOf = (
  server: Evidence['servers'][number],
  { servers }: Evidence,
): Report['servers'][number]['role'] => {
  const replica = server.channels.length > 0;
  const feeds = servers.some(
    (other) =>
      other !== server &&
      other.channels.some((channel) => channel.sourceIds.some((id) => server.ids.includes(id))),
  );
  if (replica && feeds) return 'source and replica';
  if (replica) return 'replica';
  return feeds || server.binlogs.length > 0 ? 'source' : 'unknown';
};

/** A command stays what it is; where it is run is said in words. */
const placedIn = (bring: string | null, plain: Wording['plain']): string | null =>
  bring?.replace(/(?<=^|; )(?:on|with) the [a-z ]+(?=: )/g, plain) ?? null;

const reportOutcome = (outcome: Outcome, { plain }: Wording): ReportOutcome => ({
  rule: outcome.rule.id,
  status: outcome.status,
  missing: outcome.status === 'not-assessed' ? outcome.missing.map(plain) : [],
  bring: outcome.status === 'not-assessed' ? placedIn(outcome.bring, plain) : null,
  error: outcome.status === 'failed' ? outcome.error.message || outcome.error.name : null,
});

/** Worst first; among equals surest first, then in the order of the rules. */
const buildFindings = ({ outcomes, evidence, describe }: ReportParts): ReportFinding[] => {
  const confidence = ['proven', 'likely', 'possible'];
  return outcomes
    .flatMap((outcome) =>
      outcome.status === 'found'
        ? outcome.findings.map(({ found, explanation, fix }) => {
            const { rule } = outcome;
            return {
              rule: rule.id,
              severity: found.severity,
              confidence: found.confidence,
              title: found.title,
              summary: begun(found.summary),
              explanation,
              fingerprint: fingerprint(rule.id, found, evidence.servers),
              server: found.server?.id ?? null,
              ...(found.server?.mark ? { serverName: serverName(found.server) } : {}),
              channel: found.channel,
              causedBy: null,
              evidence: found.at.map(describe),
              facts: found.facts as Record<string, unknown>,
              excluded: found.excluded,
              fix,
              references: referencesFor(rule, found),
            };
          })
        : [],
    )
    .sort(
      (a, b) =>
        SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
        confidence.indexOf(a.confidence) - confidence.indexOf(b.confidence),
    );
};

/** A torn relay log that shows as two findings is one fault: the second names the first as its cause. */
const linkCauses = (
  findings: readonly ReportFinding[],
  outcomes: readonly Outcome[],
  servers: Evidence['servers'],
): ReportFinding[] => {
  const founds = new Map(
    outcomes.flatMap((outcome) =>
      outcome.status === 'found'
        ? outcome.findings.map(({ found }) => [
            fingerprint(outcome.rule.id, found, servers),
            {
              follows: found.follows ?? outcome.rule.follows ?? [],
              alsoOn: found.alsoOn?.map(({ id }) => id) ?? [],
            },
          ])
        : [],
    ),
  );
  return findings.map((finding) => {
    const cause = findings.find(
      (other) =>
        founds.get(finding.fingerprint)?.follows.includes(other.rule) === true &&
        // What is as it always is explains no failure
        (other.severity !== 'info' || finding.severity === 'info') &&
        ((other.rule !== finding.rule && concernsToo(other, finding)) ||
          founds.get(other.fingerprint)?.alsoOn.includes(finding.server) === true),
    );
    return cause ? { ...finding, causedBy: cause.fingerprint } : finding;
  });
};

/** Is it of the same channel, or a loop that passes the same server? */
const concernsToo = (cause: ReportFinding, { server, channel }: ReportFinding): boolean => {
  const { seenIn } = cause.facts as {
    readonly seenIn?: ReadonlyArray<{ readonly server: number | null }>;
  };
  return (
    (cause.server === server && cause.channel === channel) ||
    (server !== null && seenIn?.some((one) => one.server === server) === true)
  );
};

const identityOf = ({ uuid, id, folder }: Evidence['servers'][number]): string | number =>
  uuid ?? id ?? folder;

/**
 * The same finding in two scans has the same fingerprint, wherever the files lie: rule, server, and
 * what it is about. Of servers that go by one name the second and further ones have a number.
 */
const fingerprint = (rule: string, found: Found, servers: Evidence['servers']): string => {
  const identity = found.server ? identityOf(found.server) : '';
  const nth = found.server
    ? servers.filter((other) => identityOf(other) === identity).indexOf(found.server)
    : 0;
  const server = nth > 0 ? [identity, nth] : [identity];
  return createHash('sha256')
    .update([rule, ...server, found.channel, found.key].join('\0'))
    .digest('hex')
    .slice(0, 16);
};
