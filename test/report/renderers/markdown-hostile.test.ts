import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderers } from '../../../src/report/renderers/index.ts';
import { code, fenced } from '../../../src/report/renderers/markdown/code.ts';
import { CUT } from '../../../src/report/renderers/markdown/fit.ts';
import { cell, prose, reference } from '../../../src/report/renderers/markdown/prose.ts';
import type { Report } from '../../../src/report/report.ts';
import { exampleReport } from '../example-report.ts';
import { hostileText, withTexts } from './hostile-report.ts';
import { readMarkdown } from './read-markdown.ts';

const markdown = (report: Report): string =>
  renderers.markdown(report, { width: 100, color: 3, minSeverity: 'info' });

const harmless = readMarkdown(markdown(withTexts(exampleReport, ['words'])));
const texts = fc.array(hostileText, { minLength: 1, maxLength: 40 });
const hostile = texts.map((values) => withTexts(exampleReport, values));

const FOLDS = /^<\/?details>$|^<summary>[\w :,.]+<\/summary>$/;
const HEADING =
  /^## (?:Stop the damage first.*|Findings: .*|Servers|Plan|Finding \d+: .*|Context \(no failings\)|Not assessed|Failed \(.*\)|Problems: .*)$/;
/** What may stand outside of code: letters, figures, punctuation, our own bold, lists and tables. */
const PLAIN = /^(?:## |- )?[\p{L}\p{M}\p{N} .,:;!?()"'“”‘’…–—=%*|+/-]*$/u;

describe('whatever its texts hold, a report', () => {
  test('has the fences and headings that it has with harmless texts, and no markup of theirs', () => {
    fc.assert(
      fc.property(hostile, (report) => {
        const out = markdown(report);
        const { fences, lines, bare } = readMarkdown(out);
        expect(out.length).toBeLessThan(60_000);
        fc.pre(!out.includes(CUT));
        expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
        expect(fences).toHaveLength(harmless.fences.length);
        const headings = lines.filter((line) => /^\s*#/.test(line));
        expect(headings.filter((line) => !HEADING.test(line))).toEqual([]);
        expect(headings).toHaveLength(harmless.lines.filter((line) => /^\s*#/.test(line)).length);
        expect(lines.filter((line) => /^\s*[=-]+\s*$/.test(line))).toEqual([]);
        expect(bare.filter((line) => !FOLDS.test(line) && !PLAIN.test(line))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('has statements and comments in its blocks, and no line that is neither', () => {
    fc.assert(
      fc.property(hostile, (report) => {
        const runs = new Set(
          [
            report.stopTheDamage?.run,
            ...report.plan.map(({ run }) => run),
            ...report.findings.flatMap(({ fix }) => [
              ...(fix?.undo ?? []),
              ...(fix?.alternatives.flatMap(({ steps }) => steps.map(({ run }) => run)) ?? []),
            ]),
            ...report.outcomes.flatMap(({ bring }) => bring?.split('; ') ?? []),
          ].flatMap((run) => [run, `${run};`]),
        );
        const joined = report.findings.map(({ fix }) =>
          fix?.undo.map((run) => (/(;|\\[gG])\s*$/.test(run) ? run : `${run};`)).join(' '),
        );
        const lines = readMarkdown(markdown(report)).fences.flat();
        const others = lines.filter(
          (line) =>
            line !== '' && !/^(?:--|#)/.test(line) && !runs.has(line) && !joined.includes(line),
        );
        expect(others).toEqual([]);
      }),
    );
  });
});

/** The parser that GitHub uses: `apt-get install cmark-gfm`. */
const PARSER = 'cmark-gfm';
const EXTENSIONS = ['table', 'autolink', 'strikethrough', 'tasklist'].flatMap((one) => ['-e', one]);
const installed = spawnSync(PARSER, ['--version']).error === undefined;

const html = (source: string): string =>
  spawnSync(PARSER, ['--unsafe', ...EXTENSIONS], { input: source, encoding: 'utf8' }).stdout;

describe.skipIf(!installed)(`read by ${PARSER}, a report`, () => {
  const tags = (source: string): string[] =>
    Array.from(source.matchAll(/<\/?[a-z!][^>]*>/gi), ([tag]) => tag).filter(
      (tag) => !/^<\/?(?:p|ul|li|code|strong)>$|<t[dh] align|<t[dh]>|<\/t[dh]>/.test(tag),
    );

  test('is built as it is with harmless texts: no element comes from the texts', () => {
    const wanted = tags(html(markdown(withTexts(exampleReport, ['words']))));
    fc.assert(
      fc.property(hostile, (report) => {
        const out = markdown(report);
        fc.pre(!out.includes(CUT));
        expect(tags(html(out))).toEqual(wanted);
      }),
      { numRuns: 100 },
    );
  });

  test('has every text of a code span, whole and as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 80 }), (text) => {
        const read = (source: string): string | undefined =>
          /<code>([^]*?)<\/code>/
            .exec(html(source))?.[1]
            ?.replaceAll('&lt;', '<')
            .replaceAll('&gt;', '>')
            .replaceAll('&quot;', '"')
            .replaceAll('&amp;', '&');
        expect(read(`x ${code(text)} y`)).toBe(text);
        expect(read(`| a |\n| --- |\n| x ${cell(code(text))} y |`)).toBe(text);
      }),
      { numRuns: 100 },
    );
  });
});

test.each([
  ['Relay_Master_Log_File is mysql-bin.000001,', '`Relay_Master_Log_File` is `mysql-bin.000001`,'],
  [
    '(app.counters and app.journal), at 10:28:26 UTC',
    '(`app.counters` and `app.journal`), at 10:28:26 UTC',
  ],
  ['server 1 = db-a/ MySQL 5.6.24', 'server 1 = `db-a/` MySQL 5.6.24'],
  ["the channel 'west'; 1,234 events; 50%", "the channel 'west'; 1,234 events; 50%"],
  ['see NOW(), (f(1)) and "a@b"', 'see `NOW()`, (`f(1)`) and "`a@b`"'],
  ["FILE='x', y", "`FILE='x'`, y"],
  ['set n=n+1 where id=1', 'set `n=n+1` where `id=1`'],
  ['cp a/b c/d now', 'cp `a/b c/d` now'],
  ['ask @someone in #123', 'ask `@someone` in `#123`'],
  ['1. item', '`1`. item'],
  ['of 1. item', 'of 1. item'],
  ['= x', '`=` x'],
  ['see www.… (9 more characters)', 'see `www`.… (9 more characters)'],
  ['HTTPS: and ftp', '`HTTPS`: and `ftp`'],
  ['2854891 or deadbeef', '`2854891` or `deadbeef`'],
  ['a\nb', '`a\\x0ab`'],
  ['  ', ''],
])('the text %j becomes %j', (text, wanted) => {
  expect(prose(text)).toBe(wanted);
});

test.each([
  ['a', '`a`'],
  ['', ''],
  ['a`b', '``a`b``'],
  ['`', '`` ` ``'],
  [' a ', '`  a  `'],
  ['``a`', '``` ``a` ```'],
])('the name %j becomes the code span %j', (text, wanted) => {
  expect(code(text)).toBe(wanted);
});

test('a code span is cut between characters and says how much is missing', () => {
  expect(code('ab\ud83d\ude00cd', 3)).toBe('`ab… (4 more characters)`');
});

test('a fence is longer than any run of backticks in it', () => {
  expect(fenced('sql', ['a ```` b'])).toBe('`````sql\na ```` b\n`````');
  expect(fenced('sql', ['`'.repeat(300)])).toMatch(/^```sql\n# NOT SHOWN: .*\n```$/);
});

test('the sources of a rule are links when they are plain addresses, and text otherwise', () => {
  const address = 'https://mariadb.com/kb/en/change-master-to/#ignore_server_ids';
  expect(reference(address)).toBe(address);
  expect(reference('https://x.example/_a_')).toBe('`https://x.example/_a_`');
  expect(reference('javascript:alert(1)')).toBe('`javascript:alert(1)`');
});
