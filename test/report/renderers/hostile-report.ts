import fc from 'fast-check';
import type { Report } from '../../../src/report/report.ts';
import { NASTY } from '../example-report.ts';

/** What ends, begins or means something in some Markdown, on GitHub, GitLab or Jira. */
const FRAGMENTS = [
  ['`', '``', '```', '````', '`'.repeat(90), '~~~', '```sql\n', '\n```\n', '\n````\n# heading\n'],
  ['\n', '\r\n', '\u2028', ' ', '  ', '    ', '\t', '\\', '\\\\', NASTY],
  ['# heading', '\n# heading\n', '\n===\n', '\n---\n', '> quote', '- item', '1. item', '1)', '***'],
  ['<script>alert(1)</script>', '</details>', '<!--', '-->', '<img src=x>', '<a@b.c>', '&lt;'],
  ['[a](http://b)', '![a](http://b)', '[a]: http://b', '[ ]', '[^1]', '[[x]]', '*/', '*a*', '_a_'],
  ['@someone', '@org/team', '#123', 'GH-12', '!12', '%12', '&12', '$12', '~label', 'ABC-123'],
  ['http://x.example/', 'https://x.example/#1 ', 'www.x.example', 'a@x.example', ':tada:', ':100:'],
  ['deadbeefcafe', '1234567890', '/close', '|', '\\|', '| --- |\n', '$x$', '{code}', 'h1. x'],
  ["'", '"', '(', ')', '.', ',', ';', ':', 'word', 'два', '字', 'e\u0301', '\u{1f600}', '\ud83d'],
].flat();

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .array(fc.constantFrom(...FRAGMENTS), { maxLength: 12 })
      .map((parts) => parts.join('')),
  },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.constantFrom(...FRAGMENTS), { maxLength: 12 })
      .map((parts) => parts.join(' ')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme-ascii', maxLength: 60 }) },
);

/** Words of a fixed list, and what ties the parts of a report together. */
const FIXED = new Set(['severity', 'confidence', 'state', 'risk', 'status', 'flavor', 'checksum']);
const TIES = new Set(['fingerprint', 'causedBy', 'findings', 'bySeverity']);

const replaced = (value: unknown, next: () => string, key = ''): unknown => {
  if (FIXED.has(key)) return value;
  if (typeof value === 'string') return TIES.has(key) ? value : next();
  if (Array.isArray(value)) return value.map((entry) => replaced(entry, next, key));
  if (typeof value !== 'object' || value === null) return value;
  const isStep = 'run' in value && 'risk' in value;
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [
      name,
      name === 'kind' && isStep ? entry : replaced(entry, next, name),
    ]),
  );
};

/** `report` with the given texts, one after the other, in place of all its own. */
export const withTexts = (report: Report, texts: readonly string[]): Report => {
  let at = 0;
  return replaced(report, () => texts[at++ % texts.length] ?? '') as Report;
};
