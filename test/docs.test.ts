import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { EVENT_TYPES, type EventType } from '../src/binlog/event-catalogue.ts';
import { definitionOf } from '../src/binlog/events/index.ts';
import { type AnyRule, EVIDENCE_KINDS } from '../src/rules/define-rule.ts';
import { rules } from '../src/rules/index.ts';

// Every document is made anew and compared as a whole, so that `vitest -u` (npm run docs) rewrites it.

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const shell = (command: string) => {
  const { NO_COLOR: _no, FORCE_COLOR: _force, ...env } = process.env;
  return spawnSync('bash', ['-o', 'pipefail', '-c', command], {
    cwd: root,
    encoding: 'utf8',
    env,
  });
};

const hasJq = shell('command -v jq').status === 0;

/** What a command of the README prints; npx takes the time of a package manager, and adds nothing. */
const outputOf = (command: string): string => {
  const { stdout, stderr } = shell(
    command.replaceAll('npx repl-forensics', `"${process.execPath}" bin/repl-forensics.js`),
  );
  if (stdout === '' || stderr !== '') throw new Error(`${command}\nprints: ${stdout}${stderr}`);
  return stdout.endsWith('\n') ? stdout : `${stdout}\n`;
};

/** `<!-- run: COMMAND -->`, or `<!-- run until "WORDS": COMMAND -->`: the first line that begins so is cut, and all behind it. */
const MARKED = /<!-- run(?: until "([^"]+)")?: (.+) -->\n\n```text\n([^]*?)```/g;

const cut = (output: string, words: string): string => {
  const lines = output.split('\n').slice(0, -1);
  const end = lines.findIndex((line) => line.startsWith(words));
  if (end < 0) throw new Error(`no line of the output begins with "${words}"`);
  return `${lines.slice(0, end).join('\n')}\n[… ${lines.length - end} more lines]\n`;
};

const readme = read('README.md');
const marked = Array.from(readme.matchAll(MARKED), ([, , command = '']) => command);

describe('README.md', () => {
  test('shows what its commands print', async () => {
    const made = readme.replace(MARKED, (whole, words: string | undefined, command: string) => {
      if (!hasJq && command.includes('| jq ')) return whole;
      const output = outputOf(command);
      const head = words === undefined ? `run: ${command}` : `run until "${words}": ${command}`;
      return `<!-- ${head} -->\n\n\`\`\`text\n${words === undefined ? output : cut(output, words)}\`\`\``;
    });
    await expect(made).toMatchFileSnapshot(join(root, 'README.md'));
  });

  test.skipIf(!hasJq)('has jq recipes that were run (jq is needed)', () => {
    expect(marked.filter((command) => command.includes('| jq ')).length).toBeGreaterThan(3);
  });

  test('marks as many outputs as it has markers, and prints every marked command', () => {
    expect(marked).toHaveLength(readme.split('<!-- run').length - 1);
    for (const command of marked) expect(readme).toContain(`\`\`\`sh\n${command}\n\`\`\``);
  });

  test('tells every option of scan, and no other', () => {
    const options = (text: string) =>
      new Set(Array.from(text.matchAll(/^(?:\| `| {2,6})(--?[a-z-]+)/gm), ([, option]) => option));
    const table = readme.slice(readme.indexOf('## Options of'), readme.indexOf('## Exit codes'));
    const help = options(outputOf('npx repl-forensics scan --help'));
    expect(options(table).add('--help').add('--version')).toEqual(help);
  });
});

test.each(['README.md', 'CONTRIBUTING.md', 'samples/README.md'])(
  'the links of %s lead to files',
  (path) => {
    for (const [, link = ''] of read(path).matchAll(/\]\(([^)#:]+)\)/g)) {
      expect(existsSync(join(root, dirname(path), link)), link).toBe(true);
    }
  },
);

const severities = (severity: string): string[] =>
  severity.split('\n').map((line) => `- ${line.replace(/^(\w+):/, '**$1**:')}`);

const chapter = (rule: AnyRule): string =>
  [
    `## ${rule.id}`,
    `${rule.title}.`,
    rule.story,
    '**Severity**',
    severities(rule.severity).join('\n'),
    '**Not taken for it**',
    rule.traps.map(({ trap, why }) => `- ${trap}: ${why}`).join('\n'),
    `**The way out.** ${rule.fixStory}`,
    `**Needs** ${rule.needs.map((kind) => EVIDENCE_KINDS[kind].name).join('; ')}.`,
    `**Sources**`,
    rule.references.map((reference) => `- ${reference}`).join('\n'),
  ].join('\n\n');

test('src/rules/README.md is what the rules say of themselves', async () => {
  const catalogue = [
    '# Rules',
    'Made from the rule files in this folder by `npm run docs`; changes belong there. The order is that of the report: causes before consequences.',
    rules.map(({ id, title }) => `- [${id}](#${id}): ${title}`).join('\n'),
    ...rules.map(chapter),
  ].join('\n\n');
  await expect(`${catalogue}\n`).toMatchFileSnapshot(join(root, 'src/rules/README.md'));
});

/** A table as the formatter leaves it: cells of one width in each column. */
const table = ([head = [], ...rows]: readonly (readonly string[])[]): string => {
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
};

const eventRow = ({ code, name, printed, written }: EventType): readonly string[] => {
  const definition = definitionOf(code);
  const status = definition ? `decoded: \`${definition.name}\`` : 'named, counted and hopped';
  return [String(code), name, printed ?? '–', written, status, definition?.source ?? '–'];
};

test('docs/events.md is what the event definitions say of themselves', async () => {
  const document = [
    '# Event types',
    'Made from `src/binlog/event-catalogue.ts` and the definitions in `src/binlog/events/` by `npm run docs`; changes belong there.',
    'Every code that a server or a fork we know writes. "Printed" is what the servers call it in SHOW BINLOG EVENTS; "decoded" names the `type` of the event that `decode()` gives. Any other code from 0 to 255 is called `Unknown(code)`, counted, and hopped over by its size: it is no error.',
    table([
      ['Code', 'Name', 'Printed', 'Written by', 'Status', 'Layout'],
      ...EVENT_TYPES.map(eventRow),
    ]),
  ].join('\n\n');
  await expect(`${document}\n`).toMatchFileSnapshot(join(root, 'docs/events.md'));
});
