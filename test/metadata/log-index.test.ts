import { expect, test } from 'vitest';
import { parseLogIndex } from '../../src/metadata/log-index.ts';

const read = (text: string) => parseLogIndex(Buffer.from(text));

test('entries keep the path as written and name its last component', () => {
  const { value, problems } = read(
    './r.000001\n.\\r.000002\n/var/lib/my logs/r.000003\nr-west@002d2.1000000\n',
  );
  expect(problems).toEqual([]);
  expect(value.entries).toEqual([
    { path: './r.000001', name: 'r.000001', offset: 0 },
    { path: '.\\r.000002', name: 'r.000002', offset: 11 },
    { path: '/var/lib/my logs/r.000003', name: 'r.000003', offset: 22 },
    { path: 'r-west@002d2.1000000', name: 'r-west@002d2.1000000', offset: 48 },
  ]);
});

test('an empty index has no entries and no problem', () => {
  expect(read('')).toEqual({ value: { entries: [] }, problems: [] });
});

test('CRLF lines', () => {
  expect(read('./r.000001\r\n./r.000002\r\n')).toMatchObject({
    value: { entries: [{ name: 'r.000001' }, { name: 'r.000002', offset: 12 }] },
    problems: [],
  });
});

test('lines that name no log are problems at their bytes, the others stay', () => {
  const { value, problems } = read('./r.000001\n\n\0\0\0\n./r\n./r.00000');
  expect(value.entries.map((entry) => entry.name)).toEqual(['r.000001', 'r', 'r.00000']);
  expect(problems).toEqual([
    { offset: 11, field: 'path', problem: 'is empty' },
    { offset: 12, field: 'path', problem: 'is not text' },
    { offset: 16, field: 'path', problem: 'does not end in a log number' },
    { offset: 20, field: 'path', problem: 'has no newline, it may be cut' },
  ]);
});

test('cut at any byte the entries before the cut are right', () => {
  const text = './r.000001\n./r.000002\n';
  for (let length = 0; length < text.length; length++) {
    const { value, problems } = read(text.slice(0, length));
    expect(value.entries.slice(0, -1).every((entry) => entry.name === 'r.000001')).toBe(true);
    expect(problems.length > 0).toBe(length !== 0 && length !== 11);
  }
});
