import { describe, expect, test } from 'vitest';
import { visible } from '../../../src/report/renderers/visible.ts';
import type { PlanStep, Report } from '../../../src/report/report.ts';
import { exampleReport } from '../example-report.ts';
import { render, section } from './render.ts';

const planBlock = (text: string): string[] => section(text, 'PLAN: one step at a time;').slice(1);

const step = (changes: Partial<PlanStep>): PlanStep => ({
  kind: 'change',
  on: 'server 12',
  run: 'STOP SLAVE;',
  expect: null,
  risk: 'reversible',
  because: 'it must rest',
  findings: ['f-loop'],
  ...changes,
});

const withPlan = (plan: readonly PlanStep[], changes: Partial<Report> = {}): Report => ({
  ...exampleReport,
  plan,
  ...changes,
});

describe('the plan', () => {
  test('holds nothing but comments and whole statements', () => {
    const code = planBlock(render(exampleReport)).filter((line) => !/^(--|#|$)/.test(line));
    expect(code).toEqual(
      exampleReport.plan
        .filter(({ on, run }) => !on.includes('shell') && run === visible(run))
        .map(({ run }) => run),
    );
  });

  test('shows a statement with control characters as a comment, with a warning', () => {
    const block = planBlock(render(exampleReport)).join('\n');
    expect(block).toMatch(/^# NOT TO BE PASTED/m);
    expect(block).toMatch(/^# STOP REPLICA FOR CHANNEL 'a\\x1b/m);
    expect(block).not.toMatch(/^DROP TABLE/m);
  });

  test('names the server where it changes, and nowhere else', () => {
    const steps = [step({ on: 'server 11' }), step({}), step({ on: 'server 12, shell' }), step({})];
    const lines = planBlock(render(withPlan(steps)));
    expect(lines.filter((line) => /server 1[12]\b/.test(line))).toEqual([
      '-- ===== server 11 =====',
      '-- ===== server 12 =====',
      "-- in the shell of server 12's host:",
    ]);
  });

  test('puts a shell command behind a comment, and says in a line of its own where it runs', () => {
    const block = planBlock(render(exampleReport, { width: 200 }));
    const at = block.indexOf(`-- $ ${exampleReport.plan[3]?.run}`);
    expect(block.slice(at - 2, at)).toEqual([
      '-- 4. check: ends without an error (the torn events must be whole on the source; finding 2)',
      "-- in the shell of server 11's host:",
    ]);
  });

  test('says of a check what to look for, then why; of a change its risk, then why', () => {
    const block = planBlock(render(exampleReport, { width: 100 })).join('\n');
    expect(block).toContain(`
-- 3. check: lists mysql-bin.000002 (the new position must lie in a file that the source still has;
--    finding 1)
SHOW BINARY LOGS;
`);
    expect(block).toContain(`
-- 5. change, REWRITES THE POSITION: the relay logs are dropped and fetched again from the last
--    executed event (finding 2)
CHANGE MASTER 'west' TO`);
  });

  test.each([
    ['none', 'no risk'],
    ['reversible', 'reversible'],
    ['rewrites-position', 'REWRITES THE POSITION'],
    ['loses-data', 'LOSES DATA'],
  ] as const)('says the risk %s in words', (risk, words) => {
    const text = render(withPlan([step({ risk })]));
    expect(text).toContain(`\n-- 1. change, ${words}: it must rest (finding 1)\nSTOP SLAVE;\n`);
  });

  test('leaves out which finding asks for a step when there is one only', () => {
    const text = render(
      withPlan([step({})], { findings: exampleReport.findings.slice(0, 1), stopTheDamage: null }),
    );
    expect(text).toContain('\n-- 1. change, reversible: it must rest\nSTOP SLAVE;\n');
  });

  test('tells what a change and a check without one of the two lack', () => {
    const lines = planBlock(
      render(withPlan([step({ expect: 'with POSITION filled in' }), step({ kind: 'check' })]), {
        width: 100,
      }),
    );
    expect(lines).toContain(
      '-- 1. change, reversible: it must rest (finding 1); with POSITION filled in',
    );
    expect(lines).toContain('-- 2. check: it must rest (finding 1)');
  });

  test('ends a statement that has no end', () => {
    const plan = [step({ run: 'STOP SLAVE' }), step({ run: 'SHOW SLAVE STATUS\\G' })];
    const text = render(withPlan(plan));
    expect(text).toMatch(/^STOP SLAVE;$/m);
    expect(text).toMatch(/^SHOW SLAVE STATUS\\G$/m);
  });

  test.each([
    ['nothing is damaged.', 'PLAN: none. Nothing is damaged.'],
    ['corrupt-event: no position is proven', 'PLAN: none. corrupt-event: no position is proven.'],
    ['Do nothing: it heals', 'PLAN: none. Do nothing: it heals.'],
  ])('that there is none has a reason: %s', (planWithheld, line) => {
    const text = render(withPlan([], { planWithheld }));
    expect(section(text, 'PLAN')).toEqual([line]);
  });

  test('that is not all of it says behind the steps what is missing', () => {
    const text = render(withPlan([step({})], { planWithheld: 'corrupt-event: not proven' }));
    expect(planBlock(text).slice(-3)).toEqual([
      'STOP SLAVE;',
      '',
      'Not in the plan: corrupt-event: not proven',
    ]);
  });
});

describe('what stops the damage', () => {
  const stop = { on: 'server 12', run: 'STOP SLAVE;', because: 'the loop grows' };
  const head = (report: Report) => section(render(report), 'STOP THE DAMAGE FIRST')[0];

  test('is found again in the plan: the same statement on the same server', () => {
    const plan = [step({ on: 'server 11' }), step({ run: 'START SLAVE;' }), step({})];
    expect(head(withPlan(plan, { stopTheDamage: stop }))).toBe(
      'STOP THE DAMAGE FIRST (= step 3 of the plan)',
    );
    expect(head(withPlan(plan.slice(0, 2), { stopTheDamage: stop }))).toBe('STOP THE DAMAGE FIRST');
  });

  test('names its server and has the statement alone on a line', () => {
    expect(render(withPlan([], { stopTheDamage: stop }))).toContain(
      '\nSTOP THE DAMAGE FIRST\n-- on server 12: the loop grows\nSTOP SLAVE;\n',
    );
  });
});
