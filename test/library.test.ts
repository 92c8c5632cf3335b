import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

type Library = typeof import('../src/index.ts');

const ROOT = join(import.meta.dirname, '..');
const TSC = join(ROOT, 'node_modules/typescript/bin/tsc');
const SAMPLE = 'samples/loop-removed-server-mysql-5.6/files';
const now = new Date('2026-11-20T12:00:00Z');

/** A program that has the package installed: built apart, since other tests run what is in `dist`. */
const program = mkdtempSync(join(tmpdir(), 'program-'));
const installed = join(program, 'node_modules/repl-forensics');
const write = (name: string, text: string): void => writeFileSync(join(program, name), text);

/** By name, through the package's own `exports`. */
const resolved = (name: string): string => createRequire(join(program, 'program.js')).resolve(name);

let library: Library;

beforeAll(async () => {
  mkdirSync(join(installed, 'dist'), { recursive: true });
  for (const name of ['package.json', 'report.schema.json']) {
    cpSync(join(ROOT, name), join(installed, name));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(installed, 'node_modules'));
  symlinkSync(join(ROOT, 'node_modules/@types'), join(program, 'node_modules/@types'));
  symlinkSync(join(ROOT, 'samples'), join(program, 'samples'));
  write('package.json', '{ "type": "module" }');
  spawnSync(process.execPath, [TSC, '-p', ROOT, '--outDir', join(installed, 'dist')]);
  library = await import(/* @vite-ignore */ pathToFileURL(resolved('repl-forensics')).href);
});

afterAll(() => rmSync(program, { recursive: true }));

/** Compiles a program as strictly as this package itself; answers what the compiler says. */
const compile = (name: string): string => {
  const { compilerOptions } = JSON.parse(readFileSync(join(ROOT, 'tsconfig.json'), 'utf8'));
  const options = { ...compilerOptions, rootDir: '.', outDir: 'out', declaration: false };
  write('tsconfig.json', JSON.stringify({ compilerOptions: options, files: [name] }));
  const { stdout } = spawnSync(process.execPath, [TSC, '-p', program], { encoding: 'utf8' });
  return stdout;
};

const run = (name: string) =>
  spawnSync(process.execPath, [join('out', name)], { cwd: program, encoding: 'utf8' });

test('what is exported is this, and the command line is not', () => {
  expect(Object.keys(library).toSorted()).toEqual([
    'MalformedError',
    'ReportSchemaVersion',
    'defineRule',
    'openLog',
    'payloadEvents',
    'readKeyStore',
    'render',
    'rules',
    'scan',
    'statementOf',
  ]);
  expect(library.ReportSchemaVersion).toBe(1);
  expect(existsSync(resolved('repl-forensics/report.schema.json'))).toBe(true);
  expect(() => resolved('repl-forensics/dist/cli/main.js')).toThrow(/not defined by "exports"/);
});

describe('the example of the README', () => {
  const [, example = ''] =
    /\n## As a library\n\n```ts\n([^]*?)```\n/.exec(
      readFileSync(join(ROOT, 'README.md'), 'utf8'),
    ) ?? [];

  test('compiles, strictly', () => {
    expect(example).toContain("from 'repl-forensics'");
    write('example.ts', example);
    expect(compile('example.ts')).toBe('');
  });

  test('does what it says', () => {
    const { stdout, stderr } = run('example.js');
    expect(stderr).toBe('');
    expect(stdout).toMatch(
      /^critical: foreign-server-id-loop on server 1: Events of server id 3 are circling the ring$/m,
    );
    expect(stdout).toMatch(/^3789 update app\.counters set n=n\+1, note='looping' where id=1$/m);
    const ticket = readFileSync(join(program, 'ticket.md'), 'utf8');
    expect(ticket).toMatch(/^\*\*Server 1: Events of server id 3 are circling the ring\./);
  });
});

describe('a rule of your own', () => {
  const source = `
    import { type AnyRule, defineRule, rules, scan, type Report } from 'repl-forensics';

    const emptyLog = defineRule({
      id: 'empty-log',
      title: 'A log holds no transaction',
      severity: 'info: always',
      needs: ['logs'],
      story: 'A log was opened, and nothing was written to it.',
      traps: [],
      fixStory: 'Nothing is to be done.',
      references: [],
      *detect({ logs }) {
        for (const { path, facts } of logs) {
          if (facts.transactions.count > 0) continue;
          yield {
            key: path,
            severity: 'info',
            confidence: 'proven',
            title: \`\${path} holds no transaction\`,
            summary: \`It has \${facts.events} events.\`,
            server: null,
            channel: '',
            at: [{ path, offset: 4, length: null, field: null, source: null, gtid: null, text: null }],
            facts: { events: facts.events },
            excluded: [],
            subject: facts,
          };
        }
      },
      explain: ({ facts }) => \`Its \${facts.events} events are those that frame a log.\`,
      fix: () => null,
    });

    const all: readonly AnyRule[] = [...rules, emptyLog];
    const report: Report = await scan([process.argv[2] ?? ''], { now: new Date(0), rules: all });
    console.log(JSON.stringify(report));
  `;

  test('is written with the types of the package, and judged like the others', () => {
    write('rule.ts', source);
    expect(compile('rule.ts')).toBe('');
    const { stdout, stderr } = spawnSync(process.execPath, ['out/rule.js', SAMPLE], {
      cwd: program,
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    const report = JSON.parse(stdout);
    expect(report.outcomes.at(-1)).toMatchObject({ rule: 'empty-log', status: 'found' });
    expect(
      report.findings.filter(({ rule }: { rule: string }) => rule === 'empty-log'),
    ).toMatchObject([
      {
        title: `${SAMPLE}/db-a/db-a-relay-bin.000001 holds no transaction`,
        explanation: 'Its 2 events are those that frame a log.',
        evidence: [{ eventType: 'Format_description', offset: 4 }],
        facts: { events: 2 },
        fix: null,
      },
      { title: `${SAMPLE}/db-b/db-b-relay-bin.000001 holds no transaction` },
    ]);
  });

  test('that throws fails alone', async () => {
    const one = library.rules.find(({ id }) => id === 'foreign-server-id-loop');
    if (one === undefined) throw new Error('there are rules');
    const broken = {
      ...one,
      id: 'broken',
      detect: () => {
        throw new Error('as expected');
      },
    };
    const report = await library.scan([join(ROOT, SAMPLE)], { now, rules: [broken, one] });
    expect(report.outcomes.map(({ rule, status, error }) => ({ rule, status, error }))).toEqual([
      { rule: 'broken', status: 'failed', error: 'as expected' },
      { rule: one.id, status: 'found', error: null },
    ]);
  });
});

describe('render', () => {
  test('knows every format, and is uncoloured and 100 columns wide by itself', async () => {
    const report = await library.scan([join(ROOT, SAMPLE)], { now });
    const text = library.render(report, 'text');
    expect(text).toBe(
      library.render(report, 'text', { width: 100, color: 0, minSeverity: 'info' }),
    );
    expect(text).not.toContain('\u001b');
    expect(library.render(report, 'text', { color: 1 })).toContain('\u001b');
    expect(JSON.parse(library.render(report, 'json'))).toEqual(report);
    expect(library.render(report, 'markdown')).toMatch(/^\*\*Server 1: /);
  });
});
