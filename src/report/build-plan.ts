import type { Fix } from '../rules/finding.ts';
import type { PlanStep, Report, ReportFinding } from './report.ts';

const CHANGE = /^CHANGE (?:MASTER|REPLICATION SOURCE)\b/;

type Plan = Pick<Report, 'plan' | 'planWithheld' | 'stopTheDamage'>;

/**
 * One plan for all findings, which come causes and worst first: equal repairs become one, and no
 * channel is changed twice. `anyRead`: could any log be read at all? A repair that would change a channel again waits for a new scan.
 */
export const buildPlan = (findings: readonly ReportFinding[], anyRead: boolean): Plan => {
  const plan: PlanStep[] = [];
  const held: string[] = [];
  const changed = new Map<string, string>();
  for (const finding of findings) {
    const { fix } = finding;
    if (!fix) continue;
    if (fix.withheld !== null) {
      // What only follows from another finding has nothing to add to what is said of that one
      if (finding.causedBy !== null && speaksFor(findings, finding.causedBy)) continue;
      held.push(`${finding.rule}: ${fix.withheld}`);
      continue;
    }
    const clash = changesAgain(fix, changed);
    if (clash !== null) {
      held.push(
        `${finding.rule} on ${clash}: its repair would change the same channel again; scan once more after the plan`,
      );
      continue;
    }
    for (const step of fix.steps) {
      const same = plan.findIndex(
        (other) => other.on === step.on && other.run === step.run && other.expect === step.expect,
      );
      const before = plan[same];
      if (before) plan[same] = { ...before, findings: [...before.findings, finding.fingerprint] };
      else plan.push({ ...step, findings: [finding.fingerprint] });
      if (CHANGE.test(step.run)) changed.set(channelOf(step), step.run);
    }
  }
  return {
    plan,
    planWithheld: held.length > 0 ? held.join('; ') : nothingToDo(findings, plan, anyRead),
    stopTheDamage: stopTheDamage(findings),
  };
};

/** Has the cause a repair, or a reason why there is none? */
const speaksFor = (findings: readonly ReportFinding[], cause: string): boolean =>
  findings.some(({ fingerprint, fix }) => fingerprint === cause && fix !== null);

/** `server 12` and the channel's name in the statement: what must not be changed twice. */
const channelOf = (step: Fix['steps'][number]): string => {
  const channel = /FOR CHANNEL ('(?:[^'\\]|''|\\.)*')|CHANGE MASTER ('(?:[^'\\]|''|\\.)*')/.exec(
    step.run,
  );
  return `${step.on} ${channel?.[1] ?? channel?.[2] ?? ''}`;
};

const changesAgain = (fix: Fix, changed: ReadonlyMap<string, string>): string | null => {
  for (const step of fix.steps) {
    const before = CHANGE.test(step.run) ? changed.get(channelOf(step)) : undefined;
    if (before !== undefined && before !== step.run) return step.on;
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
