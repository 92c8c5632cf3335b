import { expect, test } from 'vitest';
import { ruleChapter } from '../../src/cli/rule-text.ts';
import { EVIDENCE_KINDS } from '../../src/rules/define-rule.ts';

test('a chapter on a rule has its story, severities, traps, way out and sources', () => {
  const chapter = ruleChapter(
    {
      id: 'truncated-log',
      title: 'A log ends inside an event',
      severity: 'high  nothing continues it\nlow   it was applied',
      needs: ['logs'],
      story: 'The server\nwas killed.\n\nIt wrote.',
      traps: [{ trap: 'a live copy', why: 'it was being written' }],
      fixStory: 'Fetch it again.',
      references: ['MySQL bug #1'],
    },
    60,
  );
  expect(chapter).toBe(`truncated-log
A log ends inside an event

What happens
  The server was killed.

  It wrote.

Severity
  high  nothing continues it
  low   it was applied

What looks like it and is not
  a live copy: it was being written

The way out
  Fetch it again.

Needs
  ${EVIDENCE_KINDS.logs.name}

Sources
  MySQL bug #1`);
});
