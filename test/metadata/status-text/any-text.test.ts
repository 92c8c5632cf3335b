import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { prefixed, vertical, wrapped } from '../../support/status-output.ts';
import { parse, printed, row, said } from './texts.ts';

const TEXTS = [
  'mysql-5.6-show-slave-status.txt',
  'mysql-9.7-show-replica-status.txt',
  'mariadb-11.8-show-all-slaves-status.txt',
  'mysql-9.7-slave-master-info.txt',
  'mysql-9.7-show-binary-logs.txt',
  'mysql-9.7-show-binary-log-status.txt',
  'mysql-9.7-timeline.log',
];

const PIECES = [
  '*************************** 1. row ***************************\n',
  '*************************** 2. row ***************************\n',
  'Slave_IO_Running: Yes\n',
  ' Exec_Master_Log_Pos: 4\n',
  'Last_SQL_Error: ',
  'Executed_Gtid_Set: 3e11fa47-71ca-11e1-9e33-c80aa9429562:1-77,\n',
  '3e11fa47-71ca-11e1-9e33-c80aa9429562:1-77\n',
  '+----------+-----------+\n',
  '+------',
  '| Log_name | File_size |\n',
  '| a.000001 |         4 |\n',
  '|---|---|\n',
  'Log_name\tFile_size\n',
  'a.000001\t4\n',
  '@@global.gtid_executed\n',
  'gtid_executed\t0-1-2\n',
  '1\t2\t3\t4\n',
  'SERVER_UUID\tLOCAL\tREPLICATION\tSTORAGE_ENGINES\nx\t{"a":\tnull\t[]\n',
  '> ',
  '\n',
  '\r\n',
  '\0',
  '\u{1b}[0m',
];

/** Everything that a result of any bytes at all must keep to. */
const check = (bytes: Buffer, fileName = 'gtid_slave_pos.txt'): void => {
  const { value, problems } = parse(bytes.toString('latin1'), fileName);
  const size = Buffer.byteLength(bytes.toString('latin1'));
  let before = 0;
  for (const { offset, end, rows } of value.sections) {
    expect(offset).toBeGreaterThanOrEqual(before);
    expect(end).toBeGreaterThan(offset);
    before = end;
    const places = rows.flatMap((one) => [one.offset, ...Object.values<number>(one.offsets)]);
    expect(places.filter((at) => !(at >= offset && at < end))).toEqual([]);
  }
  expect(before).toBeLessThanOrEqual(size);
  for (const { offset } of problems) expect(offset).toBeLessThanOrEqual(size);
};

describe('no text is too odd', () => {
  test('bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => check(Buffer.from(bytes))));
  });

  test('parts of outputs in any order', () => {
    const parts = fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 90 })), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(parts, (all) => check(Buffer.from(all.join('')))),
      { numRuns: 1000 },
    );
  });

  test('real outputs with bytes changed, put in and taken out', () => {
    const damage = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.nat(80),
      into: fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 10 })),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...TEXTS),
        fc.array(damage, { minLength: 1, maxLength: 6 }),
        (name, damages) => {
          let content = printed(name);
          for (const { at, length, into } of damages) {
            const from = Math.floor(at * content.length);
            content = content.slice(0, from) + into + content.slice(from + length);
          }
          check(Buffer.from(content));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('real outputs cut at every byte', () => {
    for (const name of TEXTS.slice(1, 2).concat('mysql-9.7-show-binary-logs.txt')) {
      const bytes = Buffer.from(printed(name));
      for (let length = 0; length <= bytes.byteLength; length += 1)
        check(bytes.subarray(0, length));
    }
  });

  test('lines without end that begin outputs and do not go on', () => {
    for (const line of [
      'Slave_IO_Running: Yes\n',
      '*** 1. row ***\n',
      '*** 1. row ***\nSlave_IO_Running: Yes\n',
      '+-----+\n',
      '+-----+\n| Log_name | File_size |\n',
      '| Log_name | File_size |\n|---|---|\n| \n',
      'Log_name\tFile_size\n',
      '+---\n',
      '-',
      ' ',
      '*',
      'Last_IO_Error: x\n\n\n',
      '@@gtid_executed\n0-1-2,\n',
    ]) {
      const started = performance.now();
      parse(line.repeat(Math.ceil(100_000 / line.length)));
      // Quadratic in the lines it takes minutes; now it takes tenths of a second
      expect(performance.now() - started, line).toBeLessThan(5000);
    }
  });
});

/** Do all lines that were broken at a blank end in one column? Then lines cut there without a blank look the same. */
const readsAsCut = (whole: string, width: number): boolean => {
  const broken = whole.split('\n').flatMap((line) => wrapped(line, width).split('\n').slice(0, -1));
  return broken.length > 0 && broken.every((line) => line.length === broken[0]?.length);
};

describe('what was broken in transit reads as what was sent', () => {
  const word = fc.oneof(
    { weight: 8, arbitrary: fc.stringMatching(/^[a-z']{1,12}[,;.]?$/) },
    fc.constantFrom('Error_code:', 'Value:', '1062;', "'shop.orders'", 'Reason:', '17', '(1)'),
  );
  const error = fc.array(word, { maxLength: 60 }).map((words) => words.join(' '));
  const uuid = fc.constantFrom(
    '3e11fa47-71ca-11e1-9e33-c80aa9429562',
    '5a4c29ee-71ca-11e1-9e33-c80aa9429562',
    'bbaa6130-e4cc-11f1-af4f-02fc00000001',
  );
  const set = fc
    .array(fc.tuple(uuid, fc.integer({ min: 1, max: 1e9 })), { maxLength: 8 })
    .map((entries) => entries.map(([source, last]) => `${source}:1-${last}`).join(',\n'));
  const status = fc.record({
    Replica_IO_State: fc.constantFrom('', 'Waiting for source to send event'),
    Source_Host: fc.constantFrom('db1', 'a-very-long-name-of-a-host.in-some-zone.example.com'),
    Replica_IO_Running: fc.constantFrom('Yes', 'No', 'Connecting'),
    Exec_Source_Log_Pos: fc.nat(),
    Seconds_Behind_Source: fc.option(fc.nat()),
    Last_IO_Error: error,
    Last_SQL_Errno: fc.nat(9999),
    Last_SQL_Error: error,
    Source_SSL_Crl: fc.constant(''),
    Retrieved_Gtid_Set: set,
    Executed_Gtid_Set: set,
    Auto_Position: fc.constantFrom(0, 1),
  });
  const sent = fc.array(status, { minLength: 1, maxLength: 2 });
  const same = (content: string, whole: string): void => {
    const found = parse(content);
    const expected = parse(whole);
    expect(found.problems).toEqual([]);
    expect(found.value.sections.flatMap(({ rows }) => rows.map(said))).toEqual(
      expected.value.sections.flatMap(({ rows }) => rows.map(said)),
    );
  };

  test('wrapped at any width, quoted, with other line ends', () => {
    fc.assert(
      fc.property(
        sent,
        fc.integer({ min: 65, max: 100 }),
        fc.constantFrom('', '> ', '> > ', '| ', '    '),
        fc.constantFrom('\n', '\r\n'),
        (channels, width, prefix, lineEnd) => {
          const whole = vertical(...channels);
          fc.pre(!channels.some((one) => readsAsCut(vertical(one), width)));
          const quoted = prefixed(wrapped(whole, width), prefix);
          same(quoted.replaceAll('\n', lineEnd), whole);
          same(`Hello,\n\n${quoted}\n\nRegards\n`, whole);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('a password is never kept', () => {
  const SECRET = 'made-up-secret';
  const whole = printed('mysql-9.7-slave-master-info.txt');
  const kept = (content: string): boolean =>
    JSON.stringify(parse(content), (_, value: unknown) =>
      value instanceof Map ? [...value] : value,
    ).includes(SECRET);

  test('of a whole output', () => {
    expect(whole).toContain(SECRET);
    expect(kept(whole)).toBe(false);
  });

  test('with any one byte of it lost, or made another', () => {
    const first = whole.slice(0, whole.indexOf('*** 2. row'));
    for (let at = 0; at < first.length; at += 1) {
      const rest = first.slice(at + 1);
      if (!`${first.slice(0, at)}${rest}`.includes(SECRET)) continue;
      for (const other of ['', 'x', '\n']) {
        expect(kept(`${first.slice(0, at)}${other}${rest}`), `${at} ${other}`).toBe(false);
      }
    }
  });

  test('the row says that there is one', () => {
    const [one] = parse(whole).value.sections;
    expect(one?.rows).toMatchObject([{ hasPassword: true }, { hasPassword: true }]);
    const empty = whole.replaceAll(/User_password: .*/g, 'User_password: ');
    expect(parse(empty).value.sections[0]?.rows).toMatchObject([
      { hasPassword: false },
      { hasPassword: false },
    ]);
  });

  test('of a variable', () => {
    const content = 'Variable_name\tValue\nreport_password\tx1\nserver_id\t7\n';
    expect(parse(content).value.sections[0]?.rows).toMatchObject([
      { name: 'report_password', value: null },
      { name: 'server_id', value: '7' },
    ]);
  });
});

test('an output stays what it is whatever stands before it', () => {
  const content = vertical({ Slave_IO_Running: 'Yes', Master_Log_File: 'a.000001' });
  const expected = said(row(content, 'replica-status'));
  for (const before of ['x\n', '\n\n', '| a\n', '+--+\n', 'Log_name\tFile_size\n', '***\n']) {
    expect(said(row(before + content, 'replica-status')), before).toEqual(expected);
  }
});
