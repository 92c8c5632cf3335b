import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, posix, relative, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

/**
 * Who may import whom: each layer (a folder of `src`; `.` is what lies in `src` itself) sees only
 * those beside it. Bytes become events, events facts, facts evidence; rules judge the evidence and
 * the report says what they found. `inputs` turns files into facts, `listing` events into text,
 * `stats` events into sums, `traces` goes to the event that an applier failed at and to what touched
 * its row before.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  bytes: [],
  dialects: [],
  metadata: [],
  binlog: ['bytes', 'dialects'],
  facts: ['binlog', 'bytes', 'dialects'],
  evidence: ['facts', 'binlog', 'metadata', 'dialects'],
  rules: ['evidence', 'facts', 'binlog', 'metadata', 'dialects'],
  inputs: ['evidence', 'facts', 'metadata', 'binlog', 'bytes'],
  report: ['rules', 'evidence', 'facts', 'binlog', 'metadata'],
  listing: ['report', 'binlog', 'bytes', 'dialects'],
  stats: ['listing', 'report', 'binlog', 'bytes', 'dialects'],
  traces: ['listing', 'inputs', 'evidence', 'binlog', 'bytes', 'dialects'],
  '.': ['report', 'rules', 'evidence', 'inputs', 'traces', 'listing', 'stats', 'binlog', 'bytes'],
  cli: ['.', 'listing', 'stats', 'report', 'rules', 'metadata'],
};

/** What a layer may name in its types, and not call. */
const MAY_NAME: Readonly<Record<string, readonly string[]>> = {
  inputs: ['rules'],
  report: ['inputs'],
  '.': ['facts', 'metadata'],
};

/** Modules from outside, and where alone they may be seen. */
const SEEN_IN: Readonly<Record<string, readonly string[]>> = {
  'node:fs': ['bytes/byte-source.ts', 'bytes/stdin-chunks.ts', 'inputs/', 'cli/', 'version.ts'],
  'node:tty': ['bytes/stdin-chunks.ts'],
  'node:zlib': ['bytes/checksum.ts', 'binlog/'],
  'node:path': ['inputs/', 'evidence/', 'report/', 'cli/'],
  'node:crypto': ['report/', 'binlog/encryption/'],
  'node:timers/promises': ['inputs/'],
  'fast-glob': ['inputs/'],
  fflate: ['bytes/gunzip.ts'],
  fzstd: ['bytes/unzstd.ts', 'binlog/zstd-payload.ts'],
  chalk: ['report/renderers/'],
  'cli-table3': ['report/renderers/'],
  yargs: ['cli/'],
};

const LONGEST_FILE = 300;

const SRC = join(import.meta.dirname, '../src');

const files = readdirSync(SRC, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => relative(SRC, join(entry.parentPath, entry.name)).split(sep).join('/'))
  .toSorted();

const text = (file: string): string => readFileSync(join(SRC, file), 'utf8');

const layerOf = (file: string): string => (file.includes('/') ? (file.split('/')[0] ?? '') : '.');

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly typesOnly: boolean;
}

/** `import … from`, `export … from`, `import '…'` and `import('…')`. */
const IMPORT =
  /\b(?:(?:import|export)\s+(type\s+)?(?:[\w$*{}\s,]+?\s+from\s+)?|import\()\s*['"]([^'"]+)['"]/g;

const edges: readonly Edge[] = files.flatMap((from) =>
  [...text(from).matchAll(IMPORT)].map(([, type, specifier = '']) => ({
    from,
    to: specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : specifier,
    typesOnly: type !== undefined,
  })),
);

const inside = edges.filter(({ to }) => files.includes(to));
const outside = edges.filter(({ to }) => !files.includes(to));

const shown = ({ from, to }: Edge): string => `${from} -> ${to}`;

describe('layers', () => {
  test.each(Object.keys(MAY_IMPORT))('%s imports only what it may', (layer) => {
    const seen = [layer, ...(MAY_IMPORT[layer] ?? [])];
    const named = [...seen, ...(MAY_NAME[layer] ?? [])];
    const wrong = inside.filter(
      ({ from, to, typesOnly }) =>
        layerOf(from) === layer && !(typesOnly ? named : seen).includes(layerOf(to)),
    );
    expect(wrong.map(shown)).toEqual([]);
  });

  test('every layer is in the table, and what the table allows is used', () => {
    expect(Object.keys(MAY_IMPORT).toSorted()).toEqual([...new Set(files.map(layerOf))].toSorted());
    const allowed = [...Object.entries(MAY_IMPORT), ...Object.entries(MAY_NAME)].flatMap(
      ([layer, others]) => others.map((other) => `${layer} -> ${other}`),
    );
    const used = new Set(inside.map(({ from, to }) => `${layerOf(from)} -> ${layerOf(to)}`));
    expect(allowed.filter((edge) => !used.has(edge))).toEqual([]);
  });
});

test('modules from outside are seen only where they may be', () => {
  const wrong = outside.filter(({ from, to }) => {
    const places = SEEN_IN[to.replace(/\/posix$/, '')] ?? [];
    return !places.some(
      (place) => from === place || (place.endsWith('/') && from.startsWith(place)),
    );
  });
  expect(wrong.map(shown)).toEqual([]);
});

/** Comments say "Date.now" too: only code counts. */
const code = (file: string): string => text(file).replaceAll(/\/\*[^]*?\*\/|(?<=^|\s)\/\/.*/g, '');

test('the clock is seen in the command line alone', () => {
  const clock = /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\.now\b/;
  expect(files.filter((file) => layerOf(file) !== 'cli' && clock.test(code(file)))).toEqual([]);
});

test(`no file has more than ${LONGEST_FILE} lines`, () => {
  const lines = (file: string): number => text(file).trimEnd().split('\n').length;
  const long = files.filter((file) => lines(file) > LONGEST_FILE);
  expect(long.map((file) => `${file}: ${lines(file)}`)).toEqual([]);
});

test('no file and no folder is named for having no subject', () => {
  expect(
    files.filter((file) => /(?:^|[/-])(?:utils?|helpers?|common|managers?)(?:[/.-]|$)/.test(file)),
  ).toEqual([]);
});

describe('rules', () => {
  const rules = files.filter(
    (file) => dirname(file) === 'rules' && /\bdefineRule(?:<[^>]*>)?\(\{/.test(code(file)),
  );

  test('there are some', () => expect(rules.length).toBeGreaterThan(0));

  test.each(rules)('%s has the id that its name says', (file) => {
    expect(/\bdefineRule(?:<[^>]*>)?\(\{\s*id: '([^']+)'/.exec(code(file))?.[1]).toBe(
      basename(file, '.ts'),
    );
  });

  test.each(rules)('%s imports no other rule', (file) => {
    expect(
      inside.filter(({ from, to }) => from === file && rules.includes(to)).map(({ to }) => to),
    ).toEqual([]);
  });

  test.each(rules)('%s is in the registry', (file) => {
    expect(inside.filter(({ from }) => from === 'rules/index.ts').map(({ to }) => to)).toContain(
      file,
    );
  });
});
