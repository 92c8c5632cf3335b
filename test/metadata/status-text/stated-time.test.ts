import { expect, test } from 'vitest';
import { vertical } from '../../support/status-output.ts';
import { sections } from './texts.ts';

const takenAt = (above: string) =>
  sections(`${above}${vertical({ Slave_IO_Running: 'Yes' })}`, 'replica-status')[0]?.takenAt;

test.each([
  ['2026-11-20T10:40:09.066Z\n', '2026-11-20T10:40:09.066', 0],
  ['-- 2026-11-20 10:40:09\n', '2026-11-20T10:40:09', null],
  ['=== 2026-11-20 10:40:09 +01:00 ===\n', '2026-11-20T10:40:09', 60],
  ['[2026-11-20 10:40:09 UTC]\n\n', '2026-11-20T10:40:09', 0],
  ['Fri Nov 20 10:37:01 UTC 2026\n', '2026-11-20T10:37:01', 0],
  ['Fri Nov  6 10:37:01 CET 2026\n', '2026-11-06T10:37:01', null],
  ['mysql 2026-11-20 10:40:09> SHOW SLAVE STATUS\\G\n', '2026-11-20T10:40:09', null],
  ['2026-11-20 10:40:09 mysql> SHOW SLAVE STATUS\\G\n', '2026-11-20T10:40:09', null],
  ['> -- 2026-11-20 10:40:09 -0530\n', '2026-11-20T10:40:09', -330],
])('%j', (above, text, utcOffset) => {
  expect(takenAt(above)).toEqual({ text, utcOffset, offset: 0 });
});

test.each([
  ['no time\n'],
  ['2026-11-20T10:40:09.066Z 10 [Note] Replica I/O thread: connected\n'],
  ['we changed it on 2026-11-20 10:40:09, and then\n'],
  ['2026-11-20 10:40:09\n1\n2\n3\n4\n5\n6\n'],
])('no time of an output: %j', (above) => {
  expect(takenAt(above)).toBeNull();
});

test('a time above another output is that one’s', () => {
  const output = vertical({ Slave_IO_Running: 'Yes' });
  const found = sections(`2026-11-20 10:40:09\n${output}\n${output}`, 'replica-status');
  expect(found.map(({ takenAt: time }) => time?.text)).toEqual(['2026-11-20T10:40:09', undefined]);
});
