import { describe, expect, test } from 'vitest';
import { type RenderOptions, renderers } from '../../../src/report/renderers/index.ts';
import type { Report } from '../../../src/report/report.ts';
import { exampleReport, healthyReport } from '../example-report.ts';
import { readMarkdown } from './read-markdown.ts';

const markdown = (report: Report, options: Partial<RenderOptions> = {}): string =>
  renderers.markdown(report, { width: 100, color: 0, minSeverity: 'info', ...options });

const out = markdown(exampleReport);
const lines = out.split('\n');

/** What stands below the heading that begins so, up to the next one. */
const below = (text: string, heading: string): string => {
  const [, rest] = text.split(`\n## ${heading}`);
  if (rest === undefined) throw new Error(`no heading ${heading}`);
  return rest.split('\n## ', 1)[0] ?? '';
};

test('a ticket begins with the verdict, and goes on with what to do', () => {
  expect(lines[0]).toBe(
    '**Server 12 executes the events of server 99 again and again: 190 transactions a second, running since 09:59:41.**',
  );
  expect(readMarkdown(out).lines.filter((line) => line.startsWith('#'))).toEqual([
    '## Stop the damage first (= step 1 of the plan)',
    '## Findings: 1 critical, 1 high, 1 info',
    '## Servers',
    '## Plan',
    expect.stringMatching(/^## Finding 1: Events of a server outside the ring/),
    expect.stringMatching(/^## Finding 2: /),
    expect.stringMatching(/^## Finding 3: /),
    '## Context (no failings)',
    '## Failed (a fault of this tool, not of your servers)',
    '## Not assessed',
    '## Problems: the verdict is partial',
  ]);
  expect(lines.at(-2)).toBe('Judged as of 2026-11-20 10:00:00 UTC by repl-forensics 0.1.0.');
});

test('the statement that stops the damage stands in a block of its own', () => {
  expect(below(out, 'Stop')).toBe(` the damage first (= step 1 of the plan)

\`\`\`sql
-- on server 12: the loop grows by 190 transactions a second
STOP SLAVE 'west';
\`\`\`
`);
});

test('the findings are a table, with the numbers that they bear below', () => {
  expect(below(out, 'Findings')).toContain(`
| no. | severity | confidence | rule | server | finding |
| --: | --- | --- | --- | --: | --- |
| 1 | critical | proven | \`foreign-server-id-loop\` | 12 | Events of a server outside the ring are circling it |
`);
});

describe('the plan', () => {
  const [, block = []] = readMarkdown(out).fences;

  test('is one block: servers, risks and checks are comments, statements are whole', () => {
    expect(block.slice(0, 4)).toEqual([
      '-- ===== server 12 =====',
      expect.stringMatching(/^-- 1\. change, reversible: the connection must rest/),
      expect.stringMatching(/^-- {4}\S/),
      "STOP SLAVE 'west';",
    ]);
    expect(block).toContain('-- ===== server 11 =====');
    expect(block).toContain('SHOW BINARY LOGS;');
    expect(block.join('\n')).toMatch(/-- 3\. check: lists mysql-bin\.000002/);
    expect(block.join('\n')).toMatch(/-- 5\. change, REWRITES THE POSITION: /);
  });

  test('has shell commands as comments', () => {
    const at = block.indexOf("-- in the shell of server 11's host:");
    expect(block[at + 1]).toMatch(/^-- \$ mysqlbinlog --no-defaults /);
  });

  test('has a statement that cannot be pasted as a comment', () => {
    expect(block.filter((line) => line.includes('DROP TABLE x'))).toEqual(
      block.filter((line) => /^(?:--|#) .*DROP TABLE x/.test(line)),
    );
  });

  test('is told to be none, and why', () => {
    const none = { ...healthyReport, planWithheld: 'nothing was found that asks for a change' };
    expect(markdown(none)).toContain(
      '\n## Plan: none\n\nNothing was found that asks for a change.\n',
    );
  });

  test('is followed by what is not in it', () => {
    const held = { ...exampleReport, planWithheld: 'truncated-log: relay-log.info is missing' };
    expect(markdown(held)).toContain(
      '```\n\nNot in the plan: truncated-log: `relay-log.info` is missing\n',
    );
  });
});

describe('a finding', () => {
  const first = below(out, 'Finding 1');

  test.each([
    "**critical, proven:** `foreign-server-id-loop` on server 12, channel 'west'",
    '**Since:** first lap 2026-11-20 09:59:41 UTC; still running when the copies end (09:59:46)',
    '**Fix:** steps 1 to 3 and 6 of the plan (`mariadb-10.11`)',
    '- no member of the ring has server id 99: **not known from these files**',
    '- `gtid_strict_mode` is OFF: met',
    '- what server 99 writes from now on is ignored on server 12',
    '**Undo** on server 12:',
    "CHANGE MASTER 'west' TO IGNORE_SERVER_IDS = (7, 8);",
    '<summary>Evidence: 9 places</summary>',
    '- `db12/relay-bin.000002@550`: Query, server 99, 2026-11-20 09:59:41 UTC, source `mysql-bin.000001:1028`, GTID `0-99-8`, `insert into app.hb values (99, now())`',
    '<summary>Ruled out: 1 other explanation</summary>',
    '- multi-tier chain: the same transaction returned 804 times',
    '- https://mariadb.com/kb/en/change-master-to/#ignore_server_ids',
  ])('says %j', (line) => {
    expect(first.split('\n')).toContain(line);
  });

  test('has its alternatives with their costs and risks', () => {
    expect(first).toContain(
      '**Or:** newer position from the peer. Costs: what the peer wrote itself meanwhile is skipped\n\n```sql\n-- on server 11: check: lists mysql-bin.000002\nSHOW BINARY LOGS;\n',
    );
  });

  test('names its cause', () => {
    expect(below(out, 'Finding 2')).toContain('**Caused by:** finding 1: Events of a server');
  });

  test('below the wanted severity is left out of table and text', () => {
    const some = markdown(exampleReport, { minSeverity: 'high' });
    expect(some).not.toContain('## Finding 3');
    expect(below(some, 'Findings')).toContain('\n1 finding below high not shown.\n');
  });
});

test('what was not assessed comes with the command that brings it', () => {
  expect(below(out, 'Not assessed')).toContain(
    '- `position-mismatch`: needs `relay-log.info` and the relay log it names\n\nBring it with:\n\n```sh\ncp /var/lib/mysql/relay-log.info ',
  );
  expect(out).toContain('\nLooked at and clear: `corrupt-event`, `relay-log-gap`.\n');
});

test('the inputs are a folded table', () => {
  expect(out).toContain(
    '\n<summary>Inputs: 4 files, 102.7 MiB, 633,593 events</summary>\n\n| file |',
  );
  expect(out).toMatch(/^\| `\/srv\/.*` \| relay-log \| .* \| truncated, bad checksums: 2 \|$/m);
  expect(out).toContain('\n- 3 other files not looked into');
});

test('context and problems are lists', () => {
  expect(below(out, 'Context')).toMatch(
    /\n- reconnects: The receiver reconnected 3 times .* See `db12\/relay-bin\.000002@550`: Rotate/,
  );
  expect(below(out, 'Problems')).toContain(
    '\n- `relay-bin.000003`: at 217: position: needs 8 bytes, 6 left\n',
  );
});

test('the connections of a channel are a folded table, a relay log on a line', () => {
  expect(below(out, 'Context')).toContain(`<details>
<summary>Connections of server 12, by the relay logs that they began: 4 relay logs</summary>

| relay log | asked for | by | before | after | gap | what |
| --- | --- | --- | --- | --- | --: | --- |
`);
  expect(below(out, 'Context')).toContain(`
| \`db12/relay-bin.000002\` | \`mysql-bin.000001:1028\` | position | 09:59:40 | 09:59:41 | 31 s | idle |
| \`db12/relay-bin.000002\` | \`mysql-bin.000001:328\` | position | 09:59:40 | 09:59:41 | 1,234 s | in traffic |

before, after: times of the events around, 2026-11-20 (UTC)

… and 1 more, in the JSON report.

</details>
`);
});

test('blocks are one empty line apart, and no colour gets in', () => {
  expect(markdown(exampleReport, { color: 3 })).toBe(out);
  expect(out).not.toMatch(/\n\n\n|^\n|\n\n$/);
});

test('a good day is short', () => {
  const good = markdown(healthyReport);
  expect(good.split('\n')[0]).toBe('**Nothing is wrong in what was given.**');
  expect(good).toContain('## Findings: none');
  expect(good).not.toMatch(/Stop the damage|Not assessed|Problems|Evidence/);
});
