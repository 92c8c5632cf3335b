import { expect, test } from 'vitest';
import { parseMasterInfo } from '../../src/metadata/master-info.ts';

const SECRET = 'Xq7-made-up-Zk9';
const UUID = '54c15647-e4cd-11f1-a180-02fc00000001';
const head = ['mysql-bin.000002', '70833', 'db1.example', 'repl', SECRET, '3306', '60'];
const shared = [...head, '0', '', '', '', '', '', '0', '30.000', '', '2 11 12'];
const MARIADB_KEYS = 'using_gtid=2|do_domain_ids=0|ignore_domain_ids=2 3 4|END_MARKER';
const FILES = {
  uncounted: head,
  mysql55: ['18', ...shared],
  mysql56: ['23', ...shared, UUID, '86400', '', '', '1'],
  mysql80: `33|${shared.join('|')}|${UUID}|86400|||1|east|||0||uncompressed|3||0|1`.split('|'),
  mariadb: `33|${shared.join('|')}||0${'|'.repeat(14)}${MARIADB_KEYS}`.split('|'),
};

/** Any five characters of the password in a row. */
const showsSecret = (text: string): boolean =>
  Array.from({ length: SECRET.length - 4 }, (_, at) => SECRET.slice(at, at + 5)).some((part) =>
    text.includes(part),
  );

test.each(Object.entries(FILES))(
  '%s cut at any byte: what is whole is right, and the password is nowhere',
  (_, lines) => {
    const whole = Buffer.from(`${lines.join('\n')}\n`);
    const full = parseMasterInfo(whole);
    expect(full.problems).toEqual([]);
    for (let length = 0; length < whole.byteLength; length++) {
      const { value, problems } = parseMasterInfo(whole.subarray(0, length));
      expect(showsSecret(JSON.stringify({ value, problems }))).toBe(false);
      const isInside = length < whole.indexOf('using_gtid') || !whole.includes('using_gtid');
      if (isInside) expect(problems, `${length}`).not.toEqual([]);
      for (const problem of problems) expect(problem.offset).toBeLessThanOrEqual(length);
      const isLastLine = length > whole.lastIndexOf('\n', whole.byteLength - 2);
      if (isLastLine) continue;
      expect([full.value.readPosition, null]).toContainEqual(value.readPosition);
      expect([full.value.port, null]).toContainEqual(value.port);
      expect([full.value.ignoreServerIds, null]).toContainEqual(value.ignoreServerIds);
      expect([full.value.sourceLogFile, '']).toContainEqual(value.sourceLogFile);
    }
  },
);

test.each(Object.entries(FILES))(
  '%s with any byte outside it changed, or a line put before, does not show the password',
  (_, lines) => {
    const whole = Buffer.from(`${lines.join('\n')}\n`);
    const start = whole.indexOf(SECRET);
    const outside = [...whole.keys()].filter((at) => at < start || at >= start + SECRET.length);
    for (const at of outside) {
      for (const byte of [0, 0x0a, 0x31, 0xff]) {
        const changed = Buffer.from(whole);
        changed[at] = byte;
        expect(showsSecret(JSON.stringify(parseMasterInfo(changed)))).toBe(false);
      }
    }
    for (const before of ['# kept by hand\n', '\n', '7\n', 'x\n']) {
      const moved = Buffer.concat([Buffer.from(before), whole]);
      expect(showsSecret(JSON.stringify(parseMasterInfo(moved)))).toBe(false);
    }
  },
);

test('a cut file says where it ends and how much it needs', () => {
  const bytes = Buffer.from('23\nmysql-bin.000002\n708');
  expect(parseMasterInfo(bytes)).toMatchObject({
    value: {
      lineCount: 23,
      layout: 'mysql',
      sourceLogFile: 'mysql-bin.000002',
      readPosition: null,
    },
    problems: [{ offset: 23, field: 'lines', problem: 'needs 23 lines, 2 are whole' }],
  });
});

test('lines displaced by a lost line end are not read, the position before them is', () => {
  const lines = [...FILES.mysql56];
  lines.splice(3, 2, 'db1.examplerepl');
  const { value, problems } = parseMasterInfo(Buffer.from(`${lines.join('\n')}\n`));
  expect(value).toMatchObject({
    sourceLogFile: 'mysql-bin.000002',
    readPosition: 70833,
    host: null,
    user: null,
    port: null,
    ignoreServerIds: null,
  });
  expect(problems[0]?.problem).toBe('needs 23 lines, 22 are whole');
  lines.push('left over');
  expect(parseMasterInfo(Buffer.from(`${lines.join('\n')}\n`)).problems).toEqual([
    {
      offset: 26,
      field: 'lines',
      problem: 'a line is lost or added, nothing after line 3 is read',
    },
  ]);
});

test('a line end lost before the password and one added behind it are noticed', () => {
  const lines = [...FILES.mysql56];
  lines.splice(3, 2, 'db1.examplerepl');
  lines.splice(10, 0, '');
  const { value, problems } = parseMasterInfo(Buffer.from(`${lines.join('\n')}\n`));
  expect(value).toMatchObject({ lineCount: 23, host: null, user: null });
  expect(showsSecret(JSON.stringify({ value, problems }))).toBe(false);
});

test('a last line without a newline is used, and said to be in doubt', () => {
  const { value, problems } = parseMasterInfo(Buffer.from(FILES.mysql56.join('\n')));
  expect(value.autoPosition).toBe(true);
  expect(problems.map((problem) => problem.problem)).toEqual([
    'line 23 has no newline, it may be cut',
  ]);
});

test('a line count that is none leaves the lines after it readable', () => {
  const { value, problems } = parseMasterInfo(
    Buffer.from(`2\0\n${FILES.mysql56.slice(1).join('\n')}\n`),
  );
  expect(value).toMatchObject({
    lineCount: null,
    layout: 'shared',
    readPosition: 70833,
    port: 3306,
    ignoreServerIds: [11, 12],
    sourceUuid: null,
  });
  expect(problems).toEqual([
    { offset: 0, field: 'lineCount', problem: 'is no line count of 14 or more' },
  ]);
});

test.each([
  ['', 'the file is empty'],
  ['\0'.repeat(120), 'is neither a line count nor a log name'],
  ['# notes\n23\nmysql-bin.000001\n4\n', 'is neither a line count nor a log name'],
])('%j holds nothing that can be told', (text, problem) => {
  const { value, problems } = parseMasterInfo(Buffer.from(text));
  expect(value).toMatchObject({ sourceLogFile: '', readPosition: null, host: null, offsets: {} });
  expect(problems).toEqual([
    { offset: 0, field: 'lineCount', problem: expect.stringContaining(problem) as string },
  ]);
});

test('a line of NUL bytes is no host', () => {
  const { value, problems } = parseMasterInfo(
    Buffer.from(['23', 'b.000001', '4', '\0\0\0', ...FILES.mysql56.slice(4), ''].join('\n')),
  );
  expect(value.host).toBeNull();
  expect(problems).toEqual([{ offset: 14, field: 'host', problem: 'is not text' }]);
});
