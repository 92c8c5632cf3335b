import { expect, test } from 'vitest';
import { renderers } from '../../../src/report/renderers/index.ts';
import { exampleReport } from '../example-report.ts';

const options = { width: 80, color: 1, minSeverity: 'info' } as const;

test('JSON is the report, whole and unchanged', () => {
  const out = renderers.json(exampleReport, options);
  expect(JSON.parse(out)).toEqual(exampleReport);
  expect(out).toMatch(/^\{\n {2}"\$schema": /);
  expect(out.endsWith('}\n')).toBe(true);
});

test('JSON holds no character that a terminal obeys, whatever the colours', () => {
  const out = renderers.json(exampleReport, options).replaceAll('\n', '');
  expect(out).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
  expect(out).toContain('\\u001b[2J');
  expect(out).toContain('\\u009b31m');
  expect(out).toContain('\\u202e');
  expect(out).toContain('\\u007f');
});

test('--min-severity leaves out the findings below it and nothing else', () => {
  const out = JSON.parse(renderers.json(exampleReport, { ...options, minSeverity: 'high' }));
  expect(out).toEqual({ ...exampleReport, findings: exampleReport.findings.slice(0, 2) });
});
