import { describe, expect, test } from 'vitest';
import { type AnyRule, defineRule } from '../../src/rules/define-rule.ts';
import { rules } from '../../src/rules/index.ts';
import { judge } from '../../src/rules/judge.ts';
import { binaryLog, write } from '../support/relay-log.ts';
import { CORE_RULES, evidenceOf, reportOf } from '../support/scan-bytes.ts';

const broken = (error: unknown): AnyRule =>
  defineRule({
    ...(CORE_RULES[0] as AnyRule),
    id: 'broken',
    detect() {
      throw error;
    },
  });

test('every rule has an id of its own', () => {
  const ids = rules.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (_id, rule) => {
  test('says what it is about', () => {
    for (const text of [rule.title, rule.severity, rule.story, rule.fixStory, ...rule.references]) {
      expect(text.trim()).toBe(text);
      expect(text).not.toBe('');
    }
    expect(rule.references.length).toBeGreaterThan(0);
    expect(rule.needs.length).toBeGreaterThan(0);
  });

  test('names what it is not to be taken for, each with a reason', () => {
    expect(rule.traps.length).toBeGreaterThan(0);
    for (const { trap, why } of rule.traps) {
      expect(trap).not.toBe('');
      expect(why).not.toBe('');
    }
  });

  test('has a severity for each state', () => {
    for (const line of rule.severity.split('\n'))
      expect(line).toMatch(/^(?:critical|high|medium|low|info): \S/);
  });
});

describe('a rule that throws', () => {
  const files = { 'a/mysql-bin.000001': write(binaryLog()) };

  test.each([
    [new Error('no such thing'), 'no such thing'],
    [new RangeError(''), 'RangeError'],
    ['a string', 'a string'],
  ])('fails alone: %s', (error, said) => {
    const outcomes = judge([broken(error), ...CORE_RULES], evidenceOf(files));
    expect(outcomes.map(({ status }) => status)).toEqual([
      'failed',
      'clear',
      'clear',
      'clear',
      'not-assessed',
    ]);
    const [first] = outcomes;
    expect(first?.status === 'failed' && (first.error.message || first.error.name)).toBe(said);
  });

  test('the report still comes out, and says so', async () => {
    const report = await reportOf(files, {
      rules: [broken(new Error('no such thing')), ...CORE_RULES],
    });
    expect(report.outcomes[0]).toEqual({
      rule: 'broken',
      status: 'failed',
      missing: [],
      bring: null,
      error: 'no such thing',
    });
    expect(report.verdict).toContain('A rule failed: this report is not complete.');
    expect(report.inputs).toHaveLength(1);
  });
});

test('nothing is called clear where a log was not read', () => {
  const evidence = evidenceOf({
    'a/mysql-bin.000001': write(binaryLog()),
    'a/mysql-bin.000002': Buffer.from('fd62696e0001', 'hex'),
  });
  for (const outcome of judge(CORE_RULES, evidence)) expect(outcome.status).toBe('not-assessed');
  expect(judge(CORE_RULES, evidence)[0]).toMatchObject({
    missing: ['1 log that could not be read; in the rest nothing was found'],
  });
  const interrupted = evidenceOf({ 'a/mysql-bin.000001': write(binaryLog()) }, { withoutFacts: 2 });
  expect(judge(CORE_RULES, interrupted)[0]).toMatchObject({
    status: 'not-assessed',
    missing: [expect.stringContaining('2 logs')],
  });
});
