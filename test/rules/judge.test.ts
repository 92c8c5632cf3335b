import { expect, test } from 'vitest';
import type { Evidence } from '../../src/evidence/evidence.ts';
import { defineRule } from '../../src/rules/define-rule.ts';
import { judge } from '../../src/rules/judge.ts';

const evidence = (over: Partial<Evidence> = {}): Evidence => ({
  servers: [],
  files: [],
  unread: 0,
  logs: [{} as Evidence['logs'][number]],
  streams: [],
  relays: [],
  relayInfos: [],
  masterInfos: [],
  relayIndexes: [],
  statuses: [],
  replicaBinlogs: [],
  sourceBinlogs: [],
  threadWitnesses: [],
  errorLogs: [],
  applyTraces: [],
  now: 0,
  staleAfter: 30,
  ...over,
});

const silent = (unjudged: string | null) =>
  defineRule({
    id: 'silent',
    title: 'Silent',
    severity: 'low: never',
    needs: ['logs'],
    story: 's',
    traps: [],
    fixStory: 'f',
    references: [],
    *detect() {},
    explain: () => '',
    fix: () => null,
    unjudged: () => unjudged,
  });

test('a rule that found nothing is clear only where it could judge', () => {
  expect(judge([silent(null)], evidence())).toMatchObject([{ status: 'clear' }]);
  expect(judge([silent('a witness')], evidence())).toMatchObject([
    { status: 'not-assessed', missing: ['a witness'], bring: null },
  ]);
});

test('nothing is clear where a log could not be read', () => {
  expect(judge([silent(null)], evidence({ unread: 2 }))).toMatchObject([
    { status: 'not-assessed', missing: [expect.stringContaining('2 logs')] },
  ]);
});

test('without what it needs a rule is not assessed, and says what to bring', () => {
  expect(judge([silent(null)], evidence({ logs: [] }))).toMatchObject([
    { status: 'not-assessed', bring: expect.stringContaining('cp -a') },
  ]);
});
