import { describe, expect, test } from 'vitest';
import { type RenderOptions, renderers } from '../../../src/report/renderers/index.ts';
import { columns } from '../../../src/report/renderers/text/wrap.ts';
import { visible } from '../../../src/report/renderers/visible.ts';
import type { Report } from '../../../src/report/report.ts';
import { exampleReport, healthyReport, NASTY } from '../example-report.ts';

const render = (report: Report, options: Partial<RenderOptions> = {}): string =>
  renderers.text(report, { width: 80, color: 0, minSeverity: 'info', ...options });

/** Words that mean something to a renderer and come from no file. */
const FIXED = new Set(['severity', 'confidence', 'kind', 'risk', 'state', 'status']);

/** The report with `NASTY` in every text a file could have put there. */
const poisoned = (value: unknown, key = ''): unknown => {
  if (typeof value === 'string') return FIXED.has(key) ? value : `${value}${NASTY}`;
  if (Array.isArray(value)) return value.map((member) => poisoned(member, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, poisoned(member, name)]),
  );
};

/** The lines of the plan's block, from its heading to the next one. */
const planBlock = (text: string): string[] => {
  const lines = text.split('\n');
  return lines.slice(
    lines.indexOf('PLAN, in this order') + 1,
    lines.indexOf('FINDINGS: 1 critical, 1 high, 1 info'),
  );
};

/** Lines that are longer on purpose: statements, commands, and paths that stay whole. */
const statements: readonly string[] = [
  ...exampleReport.plan.map((step) => step.run),
  ...exampleReport.findings.flatMap((finding) => [
    ...(finding.fix?.undo ?? []),
    ...(finding.fix?.alternatives ?? []).flatMap(({ steps }) => steps.map((step) => step.run)),
  ]),
  ...exampleReport.outcomes.flatMap(({ bring }) => bring ?? []),
].map(visible);
const references = exampleReport.findings.flatMap((finding) => finding.references);
const loci = exampleReport.findings.flatMap((finding) =>
  finding.evidence.map((at) => visible(`${at.path}@${at.offset}`)),
);

describe('text', () => {
  test('begins with the verdict, then the statement that stops the damage, then the plan', () => {
    const text = render(exampleReport, { width: 120 });
    expect(text.split('\n').slice(0, 6)).toEqual([
      exampleReport.verdict,
      '',
      'STOP THE DAMAGE FIRST',
      '-- on server 12: the loop grows by 190 transactions a second',
      "STOP SLAVE 'west';",
      '',
    ]);
    const order = ['PLAN', 'FINDINGS', 'CONTEXT', 'FAILED', 'NOT ASSESSED', 'PROBLEMS', 'INPUTS'];
    const found = order.map((heading) => text.indexOf(`\n${heading}`));
    expect(found).not.toContain(-1);
    expect(found).toEqual([...found].sort((a, b) => a - b));
  });

  test('says so below the verdict when the run was interrupted', () => {
    const summary = { ...healthyReport.summary, partial: true };
    expect(render({ ...healthyReport, summary }).split('\n')[1]).toMatch(/^Interrupted/);
  });

  test('of a healthy machine is short', () => {
    expect(render(healthyReport)).toBe(`Nothing is wrong in what was given.

FINDINGS: none

Looked at and clear: corrupt-event, relay-log-gap.

INPUTS: 1 file, 2.7 MiB, 16,790 events
file                   kind       server    events  first–last (UTC)   state
db12/relay-bin.000002  relay-log  12 of 11  16,790  11-20 09:59–09:59  complete
`);
  });

  test.each([40, 60, 80, 100, 120, 200])(
    'keeps to %i columns, statements and paths apart',
    (width) => {
      for (const line of render(exampleReport, { width }).split('\n')) {
        const isExempt = [...statements, ...loci, ...references].some((whole) =>
          line.includes(whole),
        );
        if (!isExempt) expect(columns(line), line).toBeLessThanOrEqual(width);
      }
    },
  );

  test('keeps statements, commands and places on one line at any width', () => {
    const lines = render(exampleReport, { width: 40 }).split('\n');
    for (const whole of [...statements, loci[0], ...loci.slice(-3)]) {
      expect(
        lines.some((line) => line.includes(String(whole))),
        whole,
      ).toBe(true);
    }
  });

  test.each([0, 1] as const)('echoes no control character of a file at color %i', (color) => {
    const text = render(poisoned(exampleReport) as Report, { color });
    const colors = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
    const rest = text.replace(color === 0 ? /$^/ : colors, '').replaceAll('\n', '');
    expect(rest).toBe(visible(rest));
    expect(rest).toContain('\\x1b[2J');
    expect(rest).toContain('\\u{202e}');
  });

  test('has escape sequences with colour and none without', () => {
    const escape = String.fromCharCode(27);
    expect(render(exampleReport)).not.toContain(escape);
    expect(render(exampleReport, { color: 1 })).toContain(`${escape}[`);
  });

  test('says the same with and without colour', () => {
    const colors = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
    expect(render(exampleReport, { color: 3 }).replace(colors, '')).toBe(render(exampleReport));
  });
});

describe('the plan block', () => {
  test('holds nothing but comments and whole statements', () => {
    const code = planBlock(render(exampleReport)).filter((line) => !/^(--|#|$)/.test(line));
    expect(code).toEqual(
      exampleReport.plan
        .filter((step) => !step.on.includes('shell') && step.run === visible(step.run))
        .map((step) => step.run),
    );
  });

  test('shows a statement with control characters as a comment, with a warning', () => {
    const block = planBlock(render(exampleReport)).join('\n');
    expect(block).toMatch(/^# NOT TO BE PASTED/m);
    expect(block).toMatch(/^# STOP REPLICA FOR CHANNEL 'a\\x1b/m);
    expect(block).not.toMatch(/^DROP TABLE/m);
  });

  test('puts a shell command behind a comment and names the server before its first step', () => {
    const block = planBlock(render(exampleReport));
    expect(block).toContain(`-- $ ${exampleReport.plan[3]?.run}`);
    expect(block.filter((line) => line.startsWith('-- ====='))).toEqual([
      '-- ===== server 12 =====',
      '-- ===== server 11 =====',
      '-- ===== server 12 =====',
    ]);
  });

  test('says risk, reason, findings and expectation above the statement', () => {
    const block = planBlock(render(exampleReport, { width: 200 }));
    const at = block.indexOf('SHOW BINARY LOGS;');
    expect(block.slice(at - 2, at)).toEqual([
      '-- 3. on server 11: check: the new position must lie in a file that the source still has (finding 1)',
      '--    expect: lists mysql-bin.000002',
    ]);
    expect(block.join('\n')).toContain('5. on server 12: change, REWRITES THE POSITION: ');
  });

  test('ends a statement that has no end', () => {
    const [step] = exampleReport.plan;
    if (step === undefined) throw new Error('the example has a plan');
    const plan = [
      { ...step, run: 'STOP SLAVE' },
      { ...step, run: 'SHOW SLAVE STATUS\\G' },
    ];
    const text = render({ ...exampleReport, plan });
    expect(text).toMatch(/^STOP SLAVE;$/m);
    expect(text).toMatch(/^SHOW SLAVE STATUS\\G$/m);
  });

  test('gives the reason when there is no plan', () => {
    const text = render({ ...exampleReport, plan: [], planWithheld: 'Do nothing: it heals.' });
    expect(text).toContain('PLAN\nNo plan: Do nothing: it heals.');
  });
});

describe('a finding', () => {
  const text = render(exampleReport, { width: 200 });

  test.each([
    '1. CRITICAL, proven: foreign-server-id-loop',
    '  since     2026-11-20T09:59:41Z (19 s before now), STILL RUNNING',
    '  since     2026-11-18T02:00:00Z (2 d 8 h before now), over',
    "  on        server 12, channel 'west'",
    '  caused by finding 1: Events of a server outside the ring are circling it',
    '  where     db12/relay-bin.000002@550: Query, server 99, 2026-11-20T09:59:41Z, source mysql-bin.000001:1028, GTID 0-99-8',
    '              insert into app.hb values (99, now())',
    '            … and 4 more, all in the JSON report',
    '  excluded  multi-tier chain: the same transaction returned 804 times',
    '  requires  no member of the ring has server id 99: unknown, check it',
    '  requires  gtid_strict_mode is OFF: met',
    '  requires  gtid_mode is OFF: UNMET',
    '  fix       withheld: the binary logs of server 11 were not given, so the position cannot be proven (mariadb-10.11)',
    '  effect    what server 99 writes from now on is ignored on server 12',
    "    CHANGE MASTER 'west' TO IGNORE_SERVER_IDS = (7, 8);",
    '  or        newer position from the peer. Costs: what the peer wrote itself meanwhile is skipped',
    '  see       https://mariadb.com/kb/en/change-master-to/#ignore_server_ids',
  ])('says %j', (line) => {
    expect(text.split('\n')).toContain(line);
  });

  test('that is below the wanted severity is left out, and only that', () => {
    const whole = render(exampleReport);
    const some = render(exampleReport, { minSeverity: 'high' });
    expect(whole).toContain('stale-format-description');
    expect(some).not.toContain('3. INFO');
    expect(some).toContain('1 finding below high not shown.');
    expect(some).toContain('FINDINGS: 1 critical, 1 high, 1 info');
    expect(planBlock(some)).toEqual(planBlock(whole));
  });
});

test('what was not assessed names what it lacks and the command that brings it, once', () => {
  const [, , , , , unassessed] = exampleReport.outcomes;
  if (unassessed === undefined) throw new Error('the example has one');
  const twice = { ...unassessed, rule: 'applier-position-behind' };
  const text = render({ ...exampleReport, outcomes: [unassessed, twice] }, { width: 100 });
  expect(text).toContain(`NOT ASSESSED
position-mismatch: needs relay-log.info and the relay log it names
applier-position-behind: needs relay-log.info and the relay log it names
Bring it with:
${unassessed.bring}
`);
});

test('the table of inputs shows as many columns as there is room for', () => {
  const header = (width: number): string | undefined =>
    render(exampleReport, { width })
      .split('\n')
      .find((line) => line.startsWith('file '));
  expect(header(160)).toMatch(/kind +server +version +events +first – last \(UTC\) +state$/);
  expect(header(80)).toMatch(/kind +server +events +state$/);
  expect(header(40)).toMatch(/kind +state$/);
});
