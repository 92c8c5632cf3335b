import { describe, expect, test } from 'vitest';
import { boxed, cutAt, prefixed, tabbed, vertical, wrapped } from '../../support/status-output.ts';
import { parse, printed, row, rows, said, sections } from './texts.ts';

const ERROR =
  "Could not execute Write_rows event on table shop.orders; Duplicate entry '17' for key " +
  "'PRIMARY', Error_code: 1062; handler error HA_ERR_FOUND_DUPP_KEY; the event's master log " +
  'mysql-bin.000017, end_log_pos 81223';
const SET =
  '3e11fa47-71ca-11e1-9e33-c80aa9429562:1-77:80-4211,\n' +
  '5a4c29ee-71ca-11e1-9e33-c80aa9429562:1-5:ops:1-3,\n' +
  'bbaa6130-e4cc-11f1-af4f-02fc00000001:1-39';

const STATUS = {
  Slave_IO_State: 'Waiting for master to send event',
  Master_Host: 'db1.example.com',
  Master_Port: 3306,
  Master_Log_File: 'mysql-bin.000017',
  Read_Master_Log_Pos: 90112,
  Relay_Master_Log_File: 'mysql-bin.000017',
  Slave_IO_Running: 'Yes',
  Slave_SQL_Running: 'No',
  Last_Errno: 1062,
  Last_Error: ERROR,
  Exec_Master_Log_Pos: 80977,
  Seconds_Behind_Master: null,
  Last_IO_Errno: 0,
  Last_IO_Error: '',
  Last_SQL_Errno: 1062,
  Last_SQL_Error: ERROR,
  Replicate_Ignore_Server_Ids: '',
  Master_Server_Id: 11,
  Retrieved_Gtid_Set: SET,
  Executed_Gtid_Set: SET,
  Auto_Position: 1,
};

const plain = said(row(vertical(STATUS), 'replica-status'));

test('what is compared below is read whole', () => {
  expect(plain).toMatchObject({
    receiverState: STATUS.Slave_IO_State,
    sourceHost: 'db1.example.com',
    readSourceLogPos: 90112,
    applierError: ERROR,
    lastError: ERROR,
    ignoreServerIds: [],
    executedGtidSet: SET.replaceAll('\n', ''),
    autoPosition: true,
  });
});

describe('the same status', () => {
  const whole = vertical(STATUS);
  test.each([
    ['with CRLF', whole.replaceAll('\n', '\r\n')],
    ['indented', prefixed(whole, '    ')],
    ['with every line trimmed', whole.replaceAll(/^ +| +$/gm, '')],
    ['quoted in a mail', prefixed(whole, '> ')],
    ['quoted twice', prefixed(whole, '> > ')],
    ['quoted by bars', prefixed(whole, '| ')],
    ['as comments', prefixed(whole, '# ')],
    ['as SQL comments', prefixed(whole, '-- ')],
    ['with a blank line behind every line', whole.replaceAll('\n', '\n\n')],
    ['with blanks of a web page', whole.replaceAll(' ', '\u{a0}')],
    ['with the mark of UTF-8', `\u{feff}${whole}`],
    ['in colour', whole.replaceAll(/(\w+):/g, '\u{1b}[1;32m$1\u{1b}[0m:')],
    ['without stars', whole.replaceAll(/\*{5,} ?/g, '')],
    ['wrapped by a mail program', wrapped(whole, 72)],
    ['quoted, then wrapped', wrapped(prefixed(whole, '> '), 78)],
    ['wrapped, then quoted', prefixed(wrapped(whole, 72), '> ')],
    ['wrapped and trimmed', wrapped(whole, 72).replaceAll(/^ +/gm, '')],
    ['cut by a terminal', cutAt(whole, 80)],
    ['cut by a terminal of 97 columns', cutAt(whole, 97)],
    ['in a box', boxed(STATUS)],
    ['in a box that is quoted', prefixed(boxed(STATUS), '> ')],
    ['in a box with lines of its own', boxed({ ...STATUS })],
    ['with tabs', tabbed(STATUS)],
    ['with tabs, quoted', prefixed(tabbed(STATUS), '> ')],
    ['between sentences', `Hi all,\n\nsince noon:\n${whole}\nAny ideas?\n\nRegards\n`],
    [
      'behind a prompt',
      `mysql> SHOW SLAVE STATUS\\G\n${whole}1 row in set (0.00 sec)\n\nmysql> \n`,
    ],
    ['in a Markdown block', `We see:\n\`\`\`\n${whole}\`\`\`\nfor a week.\n`],
    ['in a Jira block', `{noformat}\n${whole}{noformat}\nthanks\n`],
  ])('%s', (_, content) => {
    expect(said(row(content, 'replica-status'))).toEqual(plain);
  });

  test('in a box that a terminal has cut', () => {
    // The client breaks the line at the line ends of a set as well
    const flat = { ...STATUS, Retrieved_Gtid_Set: 'x', Executed_Gtid_Set: '' };
    const { Retrieved_Gtid_Set: _one, ...rest } = flat;
    const expected = said(row(vertical(rest), 'replica-status'));
    for (const width of [80, 97, 132, 211]) {
      const found = said(row(cutAt(boxed(rest), width), 'replica-status'));
      expect(found, `${width}`).toEqual(expected);
      const trimmed = cutAt(boxed(rest), width).replaceAll(/ +$/gm, '');
      expect(said(row(trimmed, 'replica-status')), `${width}`).toEqual(expected);
    }
  });
});

describe('errors with statements of several lines', () => {
  const query =
    "Error 'Table 'shop.a' doesn't exist' on query. Default database: 'shop'. Query: 'INSERT INTO a\n" +
    "SELECT id,\n       Value: 1\n\nFROM b'";

  test('keep the line ends that are the server’s own', () => {
    const content = vertical({ ...STATUS, Last_SQL_Error: query });
    expect(row(content, 'replica-status').applierError).toBe(
      query.replaceAll(/ +(?=Value)/g, '').replace('\n\n', '\n'),
    );
    expect(row(content, 'replica-status').autoPosition).toBe(true);
  });
});

test('notes of people beside and between the lines are no values', () => {
  const content = vertical(STATUS)
    .replace('Read_Master_Log_Pos: 90112', 'Read_Master_Log_Pos: 90112   <--- look!')
    .replace('Slave_SQL_Running: No', 'Slave_SQL_Running: **No**')
    .replace(/( *Last_Errno)/, '   ^^^^ here\n$1');
  expect(said(row(content, 'replica-status'))).toEqual(plain);
});

describe('a ticket with several outputs', () => {
  const later = { ...STATUS, Exec_Master_Log_Pos: 80978 };
  const logs = [
    { Log_name: 'mysql-bin.000016', File_size: 1073742113 },
    { Log_name: 'mysql-bin.000017', File_size: 90112 },
  ];
  const ticket = [
    'On 20 November the replica stopped.\n\n',
    '2026-11-20 10:00:00 UTC\n',
    'mysql> SHOW SLAVE STATUS\\G\n',
    vertical(STATUS),
    '1 row in set (0.00 sec)\n\n',
    'After START SLAVE, -- 2026-11-20T10:05:00+01:00\n',
    vertical(later),
    '1 row in set (0.00 sec)\n\nOn the source:\n\n',
    boxed(...logs),
    '2 rows in set (0.00 sec)\n\n',
    'mysql> SELECT @@GLOBAL.gtid_executed;\n',
    boxed({ '@@GLOBAL.gtid_executed': SET.replaceAll('\n', '') }),
    '\nThank you\n',
  ].join('');

  test('has them in its order, each with its place', () => {
    const { value, problems } = parse(ticket);
    expect(problems).toEqual([]);
    expect(value.sections.map(({ kind, form }) => `${kind} ${form}`)).toEqual([
      'replica-status vertical',
      'replica-status vertical',
      'binary-logs boxed',
      'gtid-values boxed',
    ]);
    for (const { offset, end } of value.sections) {
      expect(ticket.slice(offset, offset + 4)).toMatch(/^(?:\*{4}|\+-{3})$/);
      expect(ticket.slice(end - 1, end)).toBe('\n');
    }
    expect(rows(ticket, 'replica-status').map((one) => one.appliedSourceLogPos)).toEqual([
      80977, 80978,
    ]);
    expect(rows(ticket, 'binary-logs').map((one) => one.fileSize)).toEqual([1073742113, 90112]);
    expect(row(ticket, 'gtid-values').gtidExecuted).toBe(SET.replaceAll('\n', ''));
  });

  test('gives the time that stands above an output, and no other', () => {
    expect(sections(ticket, 'replica-status').map(({ takenAt }) => takenAt)).toEqual([
      { text: '2026-11-20T10:00:00', utcOffset: 0, offset: ticket.indexOf('2026-11-20 10:00:00') },
      null,
    ]);
  });
});

describe('lines that grep has picked', () => {
  test('are a status, each time that they begin again', () => {
    const picked = (position: number): string =>
      `Slave_IO_Running: Yes\nSlave_SQL_Running: Yes\nExec_Master_Log_Pos: ${position}\n` +
      'Seconds_Behind_Master: 0\n';
    const content = `every second:\n${picked(4)}${picked(120)}\nthen it hung\n`;
    expect(rows(content, 'replica-status').map((one) => one.appliedSourceLogPos)).toEqual([4, 120]);
    expect(sections(content, 'replica-status')).toHaveLength(2);
  });

  test('of a real record between other lines', () => {
    const found = row(printed('mysql-9.7-timeline.log'), 'replica-status');
    expect(found).toMatchObject({
      readSourceLogPos: 212486,
      relayLogFile: 'pr-relay-bin.000006',
      applierRunning: 'no',
      receiverError: '',
      applierState: '',
    });
  });

  test.each([
    [
      'an error with its number, between sentences',
      'it stopped:\n   Last_SQL_Errno: 1062\n   Last_SQL_Error: Duplicate entry\nwhat now?\n',
      { applierErrorNumber: 1062, applierError: 'Duplicate entry', applierRunning: null },
    ],
    [
      'an error of several lines, indented by tabs',
      '\tLast_IO_Errno: 1236\n\tLast_IO_Error: Got fatal error 1236 from master when reading data from binary\n\tlog\n',
      { receiverErrorNumber: 1236, receiverError: expect.stringContaining('log') },
    ],
    [
      'two threads, of which one stands',
      'Slave_IO_Running: Yes\nSlave_SQL_Running: No\n',
      { receiverRunning: 'yes', applierRunning: 'no' },
    ],
  ])('are a status where two of them tell a failure: %s', (_, content, fields) => {
    expect(row(content, 'replica-status')).toMatchObject(fields);
  });

  test.each([
    [
      'two that say that all is well, as instructions do',
      'Slave_IO_Running: Yes\nSlave_SQL_Running: Yes\nMaster_Host: db1\n',
    ],
    ['an error that is none', 'Last_SQL_Errno: 0\nLast_SQL_Error:\n'],
    ['one column', 'it says\nLast_SQL_Errno: 1062\nhelp\n'],
    [
      'explained',
      'Slave_IO_Running: whether it runs\nSlave_SQL_Running: the same\n' +
        'Read_Master_Log_Pos: a position\nExec_Master_Log_Pos: another\n',
    ],
    [
      'settings of another program',
      'master_host: db1\nmaster_user: a\nmaster_port: 3306\nslave_io_running: yes\n',
    ],
  ])('are none: %s', (_, content) => {
    expect(parse(content).value.sections).toEqual([]);
  });
});

describe('tables of Markdown', () => {
  const table =
    '| Log_name | File_size |\n|:---|---:|\n| mysql-bin.000001 | 154 |\n| mysql-bin.000002 | 8 |\n';
  test.each([
    ['as they are', table],
    ['quoted', prefixed(table, '> ')],
    ['before a sentence', `${table}\nThat is all.\n`],
  ])('%s', (_, content) => {
    expect(rows(content, 'binary-logs').map((one) => one.logName)).toEqual([
      'mysql-bin.000001',
      'mysql-bin.000002',
    ]);
  });
});

test('a row of a box that cannot be taken apart is said, and not read', () => {
  const content = boxed({ Log_name: 'a.000001', File_size: 7 }).replace('a.000001 |', 'a.000001 ;');
  const { value, problems } = parse(content);
  expect(value.sections).toMatchObject([{ kind: 'binary-logs', rows: [] }]);
  expect(problems).toEqual([
    {
      offset: content.lastIndexOf('| a'),
      field: 'row',
      problem: 'cannot be cut into 2 cells, and is not read',
    },
  ]);
});

test('a value with a bar stays in its cell', () => {
  const { Retrieved_Gtid_Set: _one, Executed_Gtid_Set: _other, ...status } = STATUS;
  const content = boxed({ ...status, Last_IO_Error: 'this | that' });
  expect(row(content, 'replica-status').receiverError).toBe('this | that');
});

test('a text that ends in a value says that it may be cut', () => {
  const cut = vertical({ Slave_IO_Running: 'Yes', Exec_Master_Log_Pos: 80977 }).slice(0, -3);
  const { value, problems } = parse(cut);
  expect(value.sections[0]?.rows).toMatchObject([{ appliedSourceLogPos: 809 }]);
  expect(problems).toMatchObject([
    { field: 'appliedSourceLogPos', problem: 'has no newline, it may be cut' },
  ]);
  expect(parse(vertical(STATUS).trimEnd()).problems).toEqual([]);
});
