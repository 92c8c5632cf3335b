import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSettings, type Settings } from '../../../src/metadata/settings/settings.ts';

const parse = (text: string, version: string | null = null) =>
  parseSettings(Buffer.from(text), version);

const valuesOf = ({ settings }: Settings): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(settings).map(([name, setting]) => [name, setting.value]));

const inSection = (lines: string): Readonly<Record<string, unknown>> =>
  valuesOf(parse(`[mysqld]\n${lines}\n`).value);

describe('option files', () => {
  test('a setting is told with its text, its name, its section and the offset of its line', () => {
    const { value, problems } = parse(
      '# db11\n[mysqld]\nserver-id = 11\n\tslave_net_timeout=60\r\n',
    );
    expect(problems).toEqual([]);
    expect(value).toEqual({
      form: 'option-file',
      settings: {
        server_id: { value: 11, raw: '11', writtenAs: 'server-id', section: 'mysqld', offset: 16 },
        replica_net_timeout: {
          value: 60,
          raw: '60',
          writtenAs: 'slave_net_timeout',
          section: 'mysqld',
          offset: 31,
        },
      },
      otherSections: [],
      includes: [],
    });
  });

  test.each([
    ['log_slave_updates', { log_replica_updates: true }],
    ['log-replica-updates = OFF', { log_replica_updates: false }],
    ['skip-log-slave-updates', { log_replica_updates: false }],
    ['loose_gtid_mode = on', { gtid_mode: 'ON' }],
    ['gtid-mode=3', { gtid_mode: 'ON' }],
    ['enforce_gtid_consistency = 1', { enforce_gtid_consistency: 'ON' }],
    ['enforce-gtid-consistency=WARN', { enforce_gtid_consistency: 'WARN' }],
    ['log-bin', { log_bin: true }],
    ['log_bin = mysql-bin', { log_bin: 'mysql-bin' }],
    ['skip-log-bin', { log_bin: false }],
    ['disable-log-bin', { log_bin: false }],
    ['skip_slave_start', { skip_replica_start: true }],
    ['skip-replica-start=0', { skip_replica_start: false }],
    ['slave_parallel_threads=4', { replica_parallel_workers: 4 }],
    ['slave-parallel-mode=optimistic', { replica_parallel_mode: 'OPTIMISTIC' }],
    ['encrypt_binlog=1', { binlog_encryption: true }],
    ['sync_master_info=1', { sync_source_info: 1 }],
    ['default-time-zone = "+02:00"', { time_zone: '+02:00' }],
    ['max_binlog_size = 1G', { max_binlog_size: 1073741824 }],
    ['max_allowed_packet=64m', { max_allowed_packet: 67108864 }],
    ['relay_log_space_limit=16k', { relay_log_space_limit: 16384 }],
    ['expire_logs_days = 0.5', { expire_logs_days: 0.5 }],
    ['binlog-format=row', { binlog_format: 'ROW' }],
    ['read_only = TRUE', { read_only: 'ON' }],
    ["log_error = '/var/log/my sql.err'  # where it goes", { log_error: '/var/log/my sql.err' }],
    ['log_error = C:\\\\data\\\\db.err', { log_error: 'C:\\data\\db.err' }],
    ['datadir = "/a#b"', { datadir: '/a#b' }],
    ['server_id = 1\nserver_id = 2', { server_id: 2 }],
    ['replicate-do-db = a\nreplicate_do_db = b,c', { replicate_do_db: ['a', 'b,c'] }],
    ['innodb_buffer_pool_size = 1G', {}],
    ['; server_id = 3', {}],
  ])('%s', (line, expected) => {
    expect(inSection(line)).toEqual(expected);
  });

  test('sections that a server reads count, those of other programs and servers are named', () => {
    const file = [
      '[client]\nport = 1',
      '[mysqld]\nport = 2',
      '[server]\nserver_id = 3',
      '[mariadb]\nread_only',
      '[mysqld_safe]\nlog_error = x',
      '[mysqld7]\nserver_id = 7',
      '[Client-Server]\nsync_binlog = 1',
    ].join('\n');
    const { value } = parse(file);
    expect(valuesOf(value)).toEqual({ port: 2, server_id: 3, read_only: 'ON', sync_binlog: 1 });
    expect(value.otherSections).toEqual(['client', 'mysqld_safe', 'mysqld7']);
  });

  test.each([
    [null, 3],
    ['8.0.41', 2],
    ['8.4.2', 3],
    ['10.11.19-MariaDB', 1],
  ])('of version %s counts the section of that version: server_id %s', (version, serverId) => {
    const file = '[mysqld]\nserver_id=1\n[mysqld-8.0]\nserver_id=2\n[mysqld-8.4]\nserver_id=3\n';
    expect(valuesOf(parse(file, version).value)).toEqual({ server_id: serverId });
  });

  test('includes are told, and not followed', () => {
    const { value } = parse('!includedir /etc/mysql/conf.d/\n[mysqld]\n!include /etc/b.cnf\n');
    expect(value.includes).toEqual([
      { path: '/etc/mysql/conf.d/', offset: 0 },
      { path: '/etc/b.cnf', offset: 40 },
    ]);
  });

  test('what a setting does not take, and what stands before any section, is told at its offset', () => {
    const { value, problems } = parse(
      'port = 3306\n[mysqld]\nserver_id = ${ID}\ngtid_mode = maybe\n',
    );
    expect(value.settings.server_id).toMatchObject({ value: null, raw: '${ID}' });
    expect(problems).toEqual([
      { offset: 0, field: 'section', problem: expect.stringContaining('before any section') },
      { offset: 21, field: 'server_id', problem: 'is not an unsigned integer' },
      {
        offset: 39,
        field: 'gtid_mode',
        problem: 'is not one of OFF, OFF_PERMISSIVE, ON_PERMISSIVE, ON',
      },
    ]);
  });
});

const EXPECTED = { server_id: 11, log_bin: true, replica_net_timeout: 60, relay_log: '' };

describe('tables of variables', () => {
  const rows = [
    ['log_bin', 'ON'],
    ['relay_log', ''],
    ['server_id', '11'],
    ['slave_net_timeout', '60'],
  ] as const;
  const stars = '*'.repeat(27);

  test.each([
    ['by tabs', `Variable_name\tValue\n${rows.map((row) => row.join('\t')).join('\n')}\n`],
    [
      'of performance_schema',
      `VARIABLE_NAME\tVARIABLE_VALUE\n${rows.map((row) => row.join('\t')).join('\n')}\n`,
    ],
    [
      'boxed',
      `+---+---+\n| Variable_name     | Value |\n+---+---+\n${rows.map(([name, value]) => `| ${name} | ${value}  |`).join('\n')}\n+---+---+\n4 rows in set (0.00 sec)\n`,
    ],
    [
      'one below the other',
      rows
        .map(
          ([name, value], at) =>
            `${stars} ${at + 1}. row ${stars}\nVariable_name: ${name}\n        Value: ${value}\n`,
        )
        .join(''),
    ],
  ])('%s', (_, text) => {
    const { value, problems } = parse(text);
    expect(problems).toEqual([]);
    expect(value.form).toBe('variables');
    expect(valuesOf(value)).toEqual(EXPECTED);
    const { offset } = value.settings.server_id ?? { offset: -1 };
    expect(text.slice(offset)).toMatch(/^(?:\| |Variable_name: )?server_id/);
  });

  test('without a header, as mysql -N prints them', () => {
    const text =
      'gtid_mode\tOFF\nlog_bin\tOFF\nmax_binlog_size\t1073741824\nserver_id\t1\nsync_binlog\t0\nversion\t8.4.2\n';
    expect(valuesOf(parse(text).value)).toMatchObject({ gtid_mode: 'OFF', version: '8.4.2' });
  });

  test('mysqld --verbose --help', () => {
    const text = `mysqld  Ver 8.4.2
Usage: mysqld [OPTIONS]

  --server-id=#       Uniquely identifies the server instance

Variables (--variable-name=value)
and boolean options {FALSE|TRUE}                             Value (after reading options)
------------------------------------------------------------ -------------
log-bin                                                      (No default value)
log-replica-updates                                          TRUE
relay-log                                                    (No default value)
server-id                                                    1

To see what variables a running MySQL server is using, type
`;
    expect(valuesOf(parse(text).value)).toEqual({
      log_bin: false,
      log_replica_updates: true,
      relay_log: '',
      server_id: 1,
    });
  });

  test('numbers past 2^53 are kept as text alone', () => {
    const { value, problems } = parse(
      'Variable_name\tValue\nrelay_log_space_limit\t18446744073709551615\n',
    );
    expect(value.settings.relay_log_space_limit).toMatchObject({
      value: null,
      raw: '18446744073709551615',
    });
    expect(problems).toHaveLength(1);
  });
});

test('any bytes give no error, and offsets lie in the file', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '[mysqld]\n',
      '[',
      'server_id',
      '=',
      '\n',
      '\t',
      'Variable_name\tValue\n',
      '| ',
      '"',
      '\\',
      '#',
      '!include x',
      '-N',
    ),
    fc.string({ maxLength: 20 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const bytes = Buffer.from(pieces.join(''));
      const { value, problems } = parseSettings(bytes);
      const offsets = [...Object.values(value.settings), ...value.includes, ...problems].map(
        ({ offset }) => offset,
      );
      for (const offset of offsets) expect(offset).toBeLessThan(bytes.length);
    }),
  );
});
