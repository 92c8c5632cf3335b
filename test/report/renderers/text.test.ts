import { describe, expect, test } from 'vitest';
import { PROSE_COLUMNS } from '../../../src/report/renderers/text/page.ts';
import { visible } from '../../../src/report/renderers/visible.ts';
import { columns } from '../../../src/report/renderers/wrap.ts';
import type { Report } from '../../../src/report/report.ts';
import { exampleReport, healthyReport, NASTY } from '../example-report.ts';
import { render, section } from './render.ts';

const escape = String.fromCharCode(27);
const colors = new RegExp(`${escape}\\[\\d+m`, 'g');

/** Words that mean something to a renderer and come from no file. */
const FIXED = new Set(['severity', 'confidence', 'kind', 'risk', 'state', 'status', 'role']);

/** The report with `NASTY` in every text a file could have put there. */
const poisoned = (value: unknown, key = ''): unknown => {
  if (typeof value === 'string') return FIXED.has(key) ? value : `${value}${NASTY}`;
  if (Array.isArray(value)) return value.map((member) => poisoned(member, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, poisoned(member, name)]),
  );
};

/** The example with all its inputs in one folder with a hostile name. */
const oneFolder: Report = {
  ...exampleReport,
  inputs: exampleReport.inputs.map((input, at) => ({ ...input, path: `db${NASTY}/log.${at}` })),
  servers: exampleReport.servers.map((server) => ({ ...server, folder: `db${NASTY}` })),
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
  test('begins with the verdict, what stops the damage, and who is who', () => {
    const text = render(exampleReport, { width: 120 });
    expect(text.split('\n').slice(0, 13)).toEqual([
      'Server 12 executes the events of server 99 again and again: 190 transactions a second, running since',
      '09:59:41.',
      '',
      'STOP THE DAMAGE FIRST (= step 1 of the plan)',
      '-- on server 12: the loop grows by 190 transactions a second',
      "STOP SLAVE 'west';",
      '',
      'SERVERS',
      'server 12 = db12/ MariaDB 10.11.19, replica of server 11 (127.0.0.1:3306)',
      '',
      'PLAN: one step at a time; go on only while each check shows what it expects',
      '-- ===== server 12 =====',
      '-- 1. change, reversible: the connection must rest while its list of ignored servers is replaced',
    ]);
  });

  test('has its sections in the order of need', () => {
    const text = render(exampleReport);
    const order = [
      'STOP THE DAMAGE',
      'SERVERS',
      'PLAN',
      'FINDINGS',
      'CONTEXT',
      'FAILED',
      'NOT ASSESSED',
      'Looked at and clear',
      'PROBLEMS',
      'INPUTS',
      'judged as of',
    ];
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

SERVERS, paths below db12:
server 12 = MariaDB 10.11.19, replica of server 11 (127.0.0.1:3306)

FINDINGS: none

Looked at and clear: corrupt-event, relay-log-gap.

INPUTS: 1 file, 2.7 MiB, 16,790 events
file              kind       server    events  2026-11-20 (UTC)     state
relay-bin.000002  relay-log  12 of 11  16,790  09:59:41 – 09:59:46  complete

judged as of 2026-11-20T10:00:00Z by repl-forensics 0.1.0
`);
  });

  test.each([40, 60, 80, 100, 120, 200])(
    'keeps to %i columns, statements and paths apart; prose never takes more than 100',
    (width) => {
      const text = render(exampleReport, { width });
      const table = new Set(section(text, 'INPUTS'));
      for (const line of text.split('\n')) {
        const isExempt = [...statements, ...loci, ...references].some((whole) =>
          line.includes(whole),
        );
        const limit = table.has(line) ? width : Math.min(width, PROSE_COLUMNS);
        if (!isExempt) expect(columns(line), line).toBeLessThanOrEqual(limit);
      }
    },
  );

  test('uses a wide terminal for the table', () => {
    const lines = section(render(exampleReport, { width: 200 }), 'INPUTS');
    expect(Math.max(...lines.map(columns))).toBeGreaterThan(PROSE_COLUMNS);
  });

  test('keeps statements, commands and places on one line at any width', () => {
    const lines = render(exampleReport, { width: 40 }).split('\n');
    for (const whole of [...statements, loci[0], ...loci.slice(-3)]) {
      expect(
        lines.some((line) => line.includes(String(whole))),
        whole,
      ).toBe(true);
    }
  });

  test.each([
    [0, 'poisoned', poisoned(exampleReport) as Report],
    [1, 'poisoned', poisoned(exampleReport) as Report],
    [0, 'in a hostile folder', oneFolder],
    [0, 'poisoned and in a hostile folder', poisoned(oneFolder) as Report],
  ] as const)('echoes no control character of a file at color %i, %s', (color, _name, report) => {
    for (const width of [40, 80, 200]) {
      const text = render(report, { color, width });
      const rest = text.replace(color === 0 ? /$^/ : colors, '').replaceAll('\n', '');
      expect(rest).toBe(visible(rest));
      expect(rest).toContain('\\x1b[2J');
      expect(rest).toContain('\\u{202e}');
    }
  });

  test('has escape sequences with colour and none without', () => {
    expect(render(exampleReport)).not.toContain(escape);
    expect(render(exampleReport, { color: 1 })).toContain(`${escape}[`);
  });

  test('says the same with and without colour', () => {
    expect(render(exampleReport, { color: 3 }).replace(colors, '')).toBe(render(exampleReport));
  });

  test('what was not assessed names what it lacks and the command that brings it, once', () => {
    const [, , , , , unassessed] = exampleReport.outcomes;
    if (unassessed === undefined) throw new Error('the example has one');
    const twice = { ...unassessed, rule: 'applier-position-behind' };
    const text = render({ ...exampleReport, outcomes: [unassessed, twice] }, { width: 100 });
    expect(text).toContain(`NOT ASSESSED
position-mismatch, applier-position-behind: needs relay-log.info and the relay log it names
Bring it with:
${unassessed.bring}
`);
  });
});

test('what to bring can be pasted: where a command is run stands in a comment above it', () => {
  const bring =
    "on the source: cp -a DATADIR/*-bin.* COPY-SOURCE/; mysql -e 'SHOW REPLICA STATUS\\G'";
  const outcomes = exampleReport.outcomes.map((outcome) =>
    outcome.status === 'not-assessed' ? { ...outcome, bring } : outcome,
  );
  const lines = render({ ...exampleReport, outcomes }).split('\n');
  const at = lines.indexOf('Bring it with:');
  expect(lines.slice(at + 1, at + 4)).toEqual([
    '# on the source:',
    'cp -a DATADIR/*-bin.* COPY-SOURCE/',
    "mysql -e 'SHOW REPLICA STATUS\\G'",
  ]);
});
