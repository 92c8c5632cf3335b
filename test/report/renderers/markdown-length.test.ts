import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderers } from '../../../src/report/renderers/index.ts';
import { CUT, fit, LONGEST } from '../../../src/report/renderers/markdown/fit.ts';
import { type Block, RANK, type Rank } from '../../../src/report/renderers/markdown/sheet.ts';
import type { Report, ReportFinding } from '../../../src/report/report.ts';
import { exampleReport } from '../example-report.ts';
import { readMarkdown } from './read-markdown.ts';

const LIMIT = 60_000;

const [loop] = exampleReport.findings;
const [step] = exampleReport.plan;
const [input] = exampleReport.inputs;
if (loop === undefined || step === undefined || input === undefined) throw new Error('no example');

const markdown = (changes: Partial<Report>): string => {
  const out = renderers.markdown(
    { ...exampleReport, ...changes },
    { width: 100, color: 0, minSeverity: 'info' },
  );
  expect(out.length).toBeLessThan(LIMIT);
  readMarkdown(out);
  return out;
};

const findings = (count: number, changes: Partial<ReportFinding> = {}): ReportFinding[] =>
  Array.from({ length: count }, (_, n) => ({
    ...loop,
    fingerprint: `f-${n}`,
    fix: loop.fix && { ...loop.fix, sideEffects: [...loop.fix.sideEffects, `effect ${n}`] },
    ...changes,
  }));

const inputs = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ ...input, path: `log.${n}` }));

/** How often `part` stands in `text`. */
const times = (text: string, part: string): number => text.split(part).length - 1;

describe('a report that is too long for a ticket', () => {
  const place = { ...loop.evidence[0], text: 'x'.repeat(300) } as ReportFinding['evidence'][number];
  const evidence = Array.from({ length: 50 }, (_, offset) => ({ ...place, offset }));

  test('has fewer places of its later findings, and says how many there are', () => {
    const out = markdown({ findings: findings(4, { evidence }) });
    expect(times(out, 'Evidence: 50 places')).toBe(4);
    expect(out).toContain('@49`');
    expect(out).toContain('- … and 45 more, all in the JSON report');
    expect(out).not.toContain(CUT);
  });

  test('loses evidence before inputs, and inputs before all else', () => {
    const some = markdown({
      context: [],
      findings: findings(18, { evidence }),
      inputs: inputs(30),
    });
    expect(times(some, 'Evidence: ')).toBeLessThan(18);
    expect(times(some, CUT)).toBe(18 - times(some, 'Evidence: '));
    expect(some).toContain('<summary>Inputs: ');
    const more = markdown({ findings: findings(24, { evidence: [place] }), inputs: inputs(200) });
    expect(more).not.toContain('Evidence: ');
    expect(more).not.toContain('<summary>Inputs: ');
    expect(times(more, '\n## Finding ')).toBe(24);
    expect(more).toContain('\n## Plan\n');
  });

  test('keeps the verdict, the table and the plan when nothing else is left', () => {
    const out = markdown({ findings: findings(5000), inputs: inputs(5000) });
    expect(out).toMatch(/^\*\*Server 12 executes/);
    expect(out).toContain('\n… and 4,900 more, all in the JSON report.\n');
    expect(out).toContain('\n-- ===== server 12 =====\n');
    expect(out).toContain("CHANGE MASTER 'west' TO IGNORE_SERVER_IDS");
    expect(out).toContain(CUT);
    expect(out).toContain('Judged as of');
  });

  test('never has half a plan', () => {
    const plan = Array.from({ length: 500 }, (_, n) => ({ ...step, because: `step no. ${n}` }));
    const whole = markdown({ plan });
    expect(whole).toContain('-- 500. change');
    const none = markdown({ plan: [...plan, ...plan, ...plan] });
    expect(none).not.toContain('-- 1. change');
    expect(none).toContain('The plan is too long for a ticket, and half a plan does harm');
    expect(none).toContain('## Stop the damage first');
  });

  test('cuts texts that are long by themselves', () => {
    const long = 'a`b '.repeat(50_000);
    const out = markdown({
      verdict: long,
      findings: findings(1, { title: long, summary: long, explanation: long }),
      stopTheDamage: { on: 'server 12', run: long, because: long },
    });
    expect(out).toMatch(/^\*\*.*more characters\)\*\*\n/);
    expect(out).toContain('too long for a ticket: take it from the JSON report');
  });
});

describe('blocks', () => {
  const block = (rank: Rank, length: number, mark = 'x'): Block => ({
    rank,
    text: mark.repeat(length),
  });

  test('that fit are all there, an empty line apart', () => {
    expect(fit([block(RANK.verdict, 2), block(RANK.evidence, 3)])).toBe('xx\n\nxxx\n');
  });

  test('that are left out side by side are said once', () => {
    const out = fit([
      block(RANK.verdict, 1),
      block(RANK.evidence, 50_000),
      block(RANK.inputs, 50_000),
      block(RANK.plan, 50_000, 'p'),
    ]);
    expect(out).toBe(`x\n\n${CUT}\n\n${'p'.repeat(50_000)}\n`);
  });

  test('are never longer than a ticket, whatever their lengths, while the verdict is short', () => {
    const any = fc.record({
      rank: fc.constantFrom(...Object.values(RANK).filter((rank) => rank !== RANK.verdict)),
      length: fc.oneof(fc.nat(100), fc.nat(40_000)),
      shorter: fc.option(fc.nat(100), { nil: undefined }),
      instead: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 60 }), (all) => {
        const made = all.map(({ rank, length, shorter, instead }) => ({
          ...block(rank, length),
          ...(shorter === undefined ? {} : { shorter: 'y'.repeat(Math.min(shorter, length)) }),
          ...(instead ? { instead: 'too long' } : {}),
        }));
        const out = fit([block(RANK.verdict, 10), ...made]);
        expect(out.length).toBeLessThanOrEqual(LONGEST);
        expect(out).not.toContain(`${CUT}\n\n${CUT}`);
      }),
    );
  });
});
