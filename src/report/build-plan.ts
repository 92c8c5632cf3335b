import type { Fix } from '../rules/finding.ts';
import type { PlanStep, Report, ReportFinding } from './report.ts';

const CHANGE = /^CHANGE (?:MASTER|REPLICATION SOURCE)\b/;

type Plan = Pick<Report, 'plan' | 'planWithheld' | 'stopTheDamage'>;

/** A CHANGE that is in the plan. */
type Changed = Pick<PlanStep, 'on' | 'run'>;

/**
 * One plan for all findings, which come causes and worst first: equal repairs become one, and no
 * channel is changed twice: a repair that would change a channel again waits for a new scan.
 * `anyRead`: could any log be read at all? `mayBeOne`: may two names mean one server?
 */
export const buildPlan = (
  findings: readonly ReportFinding[],
  anyRead: boolean,
  mayBeOne: (on: string, other: string) => boolean,
): Plan => {
  const plan: PlanStep[] = [];
  const held: string[] = [];
  const changed: Changed[] = [];
  for (const finding of findings) {
    const { fix } = finding;
    if (!fix) continue;
    if (fix.withheld !== null) {
      // What only follows from another finding has nothing to add to what is said of that one
      if (finding.causedBy !== null && speaksFor(findings, finding.causedBy)) continue;
      held.push(`${finding.rule}: ${fix.withheld}`);
      continue;
    }
    if (isLookForKnownCause(finding, findings)) continue;
    const clash = changesAgain(fix, changed, mayBeOne);
    if (clash !== null) {
      held.push(`${finding.rule} on ${clash}`);
      continue;
    }
    for (const step of fix.steps) {
      const same = plan.findIndex(
        (other) => other.on === step.on && other.run === step.run && other.expect === step.expect,
      );
      const before = plan[same];
      if (before) plan[same] = { ...before, findings: [...before.findings, finding.fingerprint] };
      else plan.push({ ...step, findings: [finding.fingerprint] });
      if (CHANGE.test(step.run)) changed.push(step);
    }
  }
  return {
    plan,
    planWithheld: held.length > 0 ? held.join('; ') : nothingToDo(findings, plan, anyRead),
    stopTheDamage: stopTheDamage(findings),
  };
};

/** Looks that tell why something happens are no use once another finding tells it and has a repair. */
const isLookForKnownCause = (
  { fix, causedBy }: ReportFinding,
  findings: readonly ReportFinding[],
): boolean =>
  causedBy !== null &&
  fix?.steps.every(({ kind }) => kind === 'check') === true &&
  findings.some((other) => other.fingerprint === causedBy && (other.fix?.steps.length ?? 0) > 0);

/** Has the cause a repair, or a reason why there is none? */
const speaksFor = (findings: readonly ReportFinding[], cause: string): boolean =>
  findings.some(({ fingerprint, fix }) => fingerprint === cause && fix !== null);

/** The channel's name in the statement. */
const channelOf = ({ run }: Changed): string => {
  const [, mysql, mariadb] =
    /FOR CHANNEL ('(?:[^'\\]|''|\\.)*')|CHANGE MASTER ('(?:[^'\\]|''|\\.)*')/.exec(run) ?? [];
  return mysql ?? mariadb ?? '';
};

/** Where a repair would change a channel that the plan changes in another way, and what to do then. */
const changesAgain = (
  fix: Fix,
  changed: readonly Changed[],
  mayBeOne: (on: string, other: string) => boolean,
): string | null => {
  for (const step of fix.steps.filter(({ run }) => CHANGE.test(run))) {
    const before = changed.filter((other) => channelOf(other) === channelOf(step));
    if (before.some(({ on, run }) => on === step.on && run !== step.run)) {
      return `${step.on}: its repair would change the same channel again; scan once more after the plan`;
    }
    const twin = before.find(({ on }) => on !== step.on && mayBeOne(on, step.on));
    if (twin) {
      return `${step.on}: that may be ${twin.on} at another moment, which the plan changes already; scan the files of one moment at a time`;
    }
  }
  return null;
};

const nothingToDo = (
  findings: readonly ReportFinding[],
  plan: readonly PlanStep[],
  anyRead: boolean,
): string | null => {
  if (plan.length > 0) return null;
  if (findings.length > 0) return 'nothing is to be changed: what was found asks for no statement';
  return anyRead ? 'nothing was found that asks for a change' : 'no log could be read';
};

/** Where damage goes on: the statement that stops it, safe to run at once. */
const stopTheDamage = (findings: readonly ReportFinding[]): Report['stopTheDamage'] => {
  for (const { severity, facts, fix } of findings) {
    if (severity !== 'critical' || facts['running'] !== true || !fix) continue;
    // A repair that is withheld may still begin with it
    const steps = [...fix.steps, ...fix.alternatives.flatMap((other) => other.steps)];
    const stop = steps.find(
      (step) => step.kind === 'change' && /^STOP (?:SLAVE|REPLICA)\b/.test(step.run),
    );
    if (!stop) continue;
    const rate = facts['lapsPerSecond'];
    const often =
      typeof rate === 'number'
        ? `${facts['rateIsLowerBound'] === true ? 'at least' : 'about'} ${rate} times a second`
        : 'with every lap';
    return { on: stop.on, run: stop.run, because: `what goes round is applied once more ${often}` };
  }
  return null;
};
