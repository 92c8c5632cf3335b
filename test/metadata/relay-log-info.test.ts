import { expect, test } from 'vitest';
import { parseRelayLogInfo } from '../../src/metadata/relay-log-info.ts';

const FOUR = './db-rep-relay-bin.000004\n3485\nmysql-bin.000002\n3285\n';
const read = (text: string) => parseRelayLogInfo(Buffer.from(text));

const COORDINATES = {
  relayLogFile: './db-rep-relay-bin.000004',
  relayLogPos: 3485,
  sourceLogFile: 'mysql-bin.000002',
  sourceLogPos: 3285,
};

test.each([
  ['MySQL to 5.5, MariaDB to 10.2.2', FOUR, [null, null, null, null]],
  ['the same, with older content behind', `${FOUR}7\n0\n`, [null, null, null, null]],
  ['MariaDB 10.2.3', `5\n${FOUR}30\n`, [5, 30, null, null]],
  ['MariaDB with older content behind', `5\n${FOUR}0\n7\n0\nx`, [5, 0, null, null]],
  ['MariaDB 12.3, which counts the count', `6\n${FOUR}10\n\n`, [6, 10, null, null]],
  ['MySQL 5.6', `7\n${FOUR}3600\n4\n1\n`, [7, 3600, 4, null]],
  ['5.6 with a number left behind', `7\n${FOUR}0\n0\n1\n1\n\n`, [7, 0, 0, null]],
  ['MySQL 5.7, default channel', `7\n${FOUR}0\n0\n1\n\n`, [7, 0, 0, '']],
  ['MySQL 5.7, named channel', `7\n${FOUR}0\n0\n1\neast\n`, [7, 0, 0, 'east']],
  ['MySQL 8.0.0', `8\n${FOUR}0\n0\n1\neast\n`, [8, 0, 0, 'east']],
  ['MySQL 8.0.30', `14\n${FOUR}0\n16\n1\neast\n\n\n0\n1\n1\n\n`, [14, 0, 16, 'east']],
])('%s', (_, text, [lineCount, sqlDelay, workers, channelName]) => {
  const { value, problems } = read(text);
  expect(problems).toEqual([]);
  const { offsets, ...fields } = value;
  expect(fields).toEqual({ ...COORDINATES, lineCount, sqlDelay, workers, channelName });
  expect(offsets.relayLogFile).toBe(text.indexOf('./db'));
  expect(offsets.sourceLogPos).toBe(text.indexOf('3285\n'));
});

test('a replica that never ran has no source log', () => {
  expect(read('./slave-relay-bin.000001\n4\n\n0\n')).toMatchObject({
    value: { relayLogPos: 4, sourceLogFile: '', sourceLogPos: 0 },
    problems: [],
  });
});

test('Windows paths and CRLF', () => {
  const { value, problems } = read('5\r\n.\\relay.000001\r\n4\r\n\r\n0\r\n0\r\n');
  expect(problems).toEqual([]);
  expect(value).toMatchObject({ relayLogFile: '.\\relay.000001', sourceLogPos: 0, sqlDelay: 0 });
});

test('a digits-only first line below 5 is no count, yet the values behind it are read', () => {
  const { value, problems } = read(`4\n${FOUR}`);
  expect(value).toMatchObject({ ...COORDINATES, lineCount: null });
  expect(problems[0]).toEqual({
    offset: 0,
    field: 'lineCount',
    problem: 'is no line count of 5 or more',
  });
});

test('positions that are no numbers are null, at their bytes', () => {
  const { value, problems } = read('7\n./r.000001\n-1\nb.000001\n\n0\n0\n1\n');
  expect(value).toMatchObject({ relayLogPos: null, sourceLogFile: 'b.000001', sourceLogPos: null });
  expect(problems).toEqual([
    { offset: 13, field: 'relayLogPos', problem: 'is not an unsigned integer' },
    { offset: 25, field: 'sourceLogPos', problem: 'is not an unsigned integer' },
  ]);
});

test.each([
  ['uncounted', FOUR],
  ['MariaDB', `5\n${FOUR}0\n`],
  ['MySQL 8.0', `14\n${FOUR}0\n16\n1\neast\n\n\n0\n1\n1\n\n`],
])('%s cut at any byte: a problem, and no value that is not whole', (_, text) => {
  const whole = Buffer.from(text);
  const full = parseRelayLogInfo(whole).value;
  const lastLine = whole.lastIndexOf('\n', whole.byteLength - 2);
  for (let length = 0; length < whole.byteLength; length++) {
    const { value, problems } = parseRelayLogInfo(whole.subarray(0, length));
    expect(problems, `${length}`).not.toEqual([]);
    if (length > lastLine) continue;
    expect(['', full.relayLogFile]).toContain(value.relayLogFile);
    expect([null, full.relayLogPos]).toContain(value.relayLogPos);
    expect([null, full.sourceLogPos]).toContain(value.sourceLogPos);
  }
});

test('the last line of a file that ends without a newline is used and in doubt', () => {
  expect(read(FOUR.trimEnd())).toMatchObject({
    value: { sourceLogPos: 3285 },
    problems: [{ offset: 52, field: 'lines', problem: 'line 4 has no newline, it may be cut' }],
  });
});
