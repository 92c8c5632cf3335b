import { describe, expect, test } from 'vitest';
import { buildPlan as build } from '../../src/report/build-plan.ts';
import type { ReportFinding } from '../../src/report/report.ts';
import type { Fix, Step } from '../../src/rules/finding.ts';
import { patched } from '../support/build-log.ts';
import { ringRelay } from '../support/loop-logs.ts';
import { RelayLog } from '../support/relay-log.ts';
import { reportOf } from '../support/scan-bytes.ts';
import { relayLogInfo } from '../support/status-files.ts';
import { exampleReport } from './example-report.ts';

const step = (run: string, on = 'server 2', more: Partial<Step> = {}): Step => ({
  kind: 'change',
  on,
  run,
  expect: null,
  risk: 'reversible',
  because: run,
  ...more,
});

const fixWith = (...steps: readonly Step[]): Fix => ({
  dialect: 'mysql-8.4',
  withheld: null,
  preconditions: [],
  steps,
  sideEffects: [],
  undo: [],
  alternatives: [],
});

const withheld = (reason: string, ...alternative: readonly Step[]): Fix => ({
  ...fixWith(),
  withheld: reason,
  alternatives:
    alternative.length === 0 ? [] : [{ title: 'another way', steps: alternative, costs: 'much' }],
});

const finding = (
  fingerprint: string,
  fix: Fix | null,
  more: Partial<ReportFinding> = {},
): ReportFinding => ({
  ...(exampleReport.findings[0] as ReportFinding),
  rule: 'a-rule',
  facts: {},
  ...more,
  fingerprint,
  fix,
});

const buildPlan = (
  findings: readonly ReportFinding[],
  anyRead: boolean,
  mayBeOne: (a: string, b: string) => boolean = () => false,
) => build(findings, anyRead, mayBeOne);

const STOP = step('STOP REPLICA;');
const START = step('START REPLICA;');
const change = (options: string, on?: string): Step =>
  step(`CHANGE REPLICATION SOURCE TO ${options};`, on);

describe('steps', () => {
  test('stand in the order of the findings, each once, and name all that ask for them', () => {
    const check = step('SHOW BINARY LOGS;', 'server 1', { kind: 'check' });
    const { plan } = buildPlan(
      [
        finding('one', fixWith(STOP, change('a'), START)),
        finding('two', fixWith(check, STOP, change('a'), START)),
      ],
      true,
    );
    expect(plan.map(({ run, findings }) => [run, findings])).toEqual([
      ['STOP REPLICA;', ['one', 'two']],
      ['CHANGE REPLICATION SOURCE TO a;', ['one', 'two']],
      ['START REPLICA;', ['one', 'two']],
      ['SHOW BINARY LOGS;', ['two']],
    ]);
  });

  test('on two servers are two', () => {
    const { plan } = buildPlan(
      [finding('one', fixWith(STOP)), finding('two', fixWith(step('STOP REPLICA;', 'server 3')))],
      true,
    );
    expect(plan.map(({ on }) => on)).toEqual(['server 2', 'server 3']);
  });
});

describe('looks that tell why something happens', () => {
  const look = fixWith(step('SHOW REPLICA STATUS\\G', 'server 2', { kind: 'check' }));
  const steps = (cause: Fix) =>
    buildPlan(
      [finding('cause', cause), finding('two', look, { causedBy: 'cause' })],
      true,
    ).plan.map(({ run }) => run);

  test('are left out where its cause has a repair', () => {
    expect(steps(fixWith(STOP))).toEqual(['STOP REPLICA;']);
  });

  test('stay where it has none', () => {
    expect(steps(withheld('it is not known'))).toEqual(['SHOW REPLICA STATUS\\G']);
  });
});

describe('no channel is changed twice', () => {
  const clash = (second: Step) =>
    buildPlan(
      [
        finding('one', fixWith(STOP, change('a'))),
        finding('two', fixWith(STOP, second), { rule: 'other-rule' }),
      ],
      true,
    );

  test('another change of the same channel waits for a new scan', () => {
    const { plan, planWithheld } = clash(change('b'));
    expect(plan.map(({ run }) => run)).toEqual([
      'STOP REPLICA;',
      'CHANGE REPLICATION SOURCE TO a;',
    ]);
    expect(plan[0]?.findings).toEqual(['one']);
    expect(planWithheld).toBe(
      'other-rule on server 2: its repair would change the same channel again; scan once more after the plan',
    );
  });

  test.each([
    ['another server', change('b', 'server 3')],
    ['another channel', change("b FOR CHANNEL 'west'")],
    ['another connection of MariaDB', step("CHANGE MASTER 'west' TO b;")],
  ])('%s is another one', (_name, second) => {
    expect(clash(second)).toMatchObject({ planWithheld: null });
    expect(clash(second).plan).toHaveLength(3);
  });

  test('the same name, however it is quoted', () => {
    const of = (name: string) => fixWith(change(`a FOR CHANNEL ${name}`));
    expect(
      buildPlan([finding('one', of("'it''s'")), finding('two', of("'it''s'"))], true).plan,
    ).toHaveLength(1);
    expect(
      buildPlan([finding('one', of("'it''s'")), finding('two', of("'it'"))], true).plan,
    ).toHaveLength(2);
  });
});

describe('why there is no plan, or not all of it', () => {
  test.each([
    [[], true, 'nothing was found that asks for a change'],
    [[], false, 'no log could be read'],
    [
      [finding('one', null)],
      true,
      'nothing is to be changed: what was found asks for no statement',
    ],
    [
      [finding('one', fixWith())],
      true,
      'nothing is to be changed: what was found asks for no statement',
    ],
    [
      [finding('one', withheld('it is not known')), finding('two', withheld('nor this'))],
      true,
      'a-rule: it is not known; a-rule: nor this',
    ],
    [[finding('one', fixWith(STOP))], true, null],
    [
      [finding('one', fixWith(STOP)), finding('two', withheld('it is not known'))],
      true,
      'a-rule: it is not known',
    ],
  ])('%#', (findings, anyRead, reason) => {
    expect(buildPlan(findings, anyRead).planWithheld).toBe(reason);
  });
});

describe('stopping the damage', () => {
  const running = { severity: 'critical', facts: { running: true } } as const;

  test.each<[string, Fix | null, Partial<ReportFinding>, string | null]>([
    ['while it goes on', fixWith(change('a'), STOP), running, 'STOP REPLICA;'],
    [
      'by the alternative where the repair is withheld',
      withheld('no', STOP),
      running,
      'STOP REPLICA;',
    ],
    [
      'not when it is over',
      fixWith(STOP),
      { severity: 'critical', facts: { running: false } },
      null,
    ],
    [
      'not for less than critical',
      fixWith(STOP),
      { severity: 'high', facts: { running: true } },
      null,
    ],
    [
      'not by a check',
      fixWith(step('STOP REPLICA;', 'server 2', { kind: 'check' })),
      running,
      null,
    ],
    ['not without a repair', null, running, null],
  ])('%s', (_name, fix, more, run) => {
    expect(buildPlan([finding('one', fix, more)], true).stopTheDamage?.run ?? null).toBe(run);
  });

  test.each([
    [{ running: true, lapsPerSecond: 190, rateIsLowerBound: false }, 'about 190 times a second'],
    [{ running: true, lapsPerSecond: 0.2, rateIsLowerBound: true }, 'at least 0.2 times a second'],
    [{ running: true, lapsPerSecond: null }, 'with every lap'],
  ])('says how fast it grows: %#', (facts, often) => {
    expect(
      buildPlan([finding('one', fixWith(STOP), { severity: 'critical', facts })], true)
        .stopTheDamage?.because,
    ).toContain(often);
  });
});

test('a loop and a damaged event behind the executed position: one change, the other waits', async () => {
  const relay = ringRelay();
  const offset = relay.log.event(2).end;
  const at = relay.log.event(-20).offset + 25;
  const files = {
    'b/relay-bin.000002': patched(relay.bytes(), at, (relay.bytes()[at] ?? 0) ^ 1),
    'b/relay-log.info': relayLogInfo({ offset, position: 700 }),
  };
  const { plan, planWithheld, findings } = await reportOf(files);
  expect(findings.map(({ rule }) => rule)).toContain('corrupt-event');
  expect(plan.filter(({ run }) => run.startsWith('CHANGE')).map(({ run }) => run)).toEqual([
    'CHANGE MASTER TO IGNORE_SERVER_IDS = (3);',
  ]);
  expect(planWithheld).toContain('corrupt-event on server 2');
});

test('every step names its server, and every finding of the plan is in the report', async () => {
  const report = await reportOf({
    'b/relay-bin.000002': ringRelay(),
    'c/relay-bin.000002': new RelayLog({ serverId: 9 }).connect().write(),
  });
  const known = new Set(report.findings.map(({ fingerprint }) => fingerprint));
  expect(report.plan.length).toBeGreaterThan(3);
  for (const { on, findings, kind, expect: expected } of report.plan) {
    expect(on).toMatch(/^server \d+(?:, shell)?$/);
    expect(findings.every((fingerprint) => known.has(fingerprint))).toBe(true);
    if (kind === 'check') expect(expected).not.toBeNull();
  }
});
