import type { Report, ReportFinding, ReportInput } from '../../src/report/report.ts';
import { SCHEMA_ID } from '../../src/report/schema-id.ts';
import type { EvidenceEntry, Step } from '../../src/rules/finding.ts';

/** What hostile names and statements hold: escape sequences, C1, line breaks, bidirectional controls. */
export const NASTY = '\u001b[2J\u0007\u009b31m\nDROP TABLE x;\r\u202ekcab\u2066\u2028\u007f';

export const LONG_SQL = `insert into app.orders (id, customer, note) values ${Array.from(
  { length: 60 },
  (_, n) => `(${n}, 'customer ${n}', 'a note that goes on')`,
).join(', ')}`;

const GTID_SET = Array.from(
  { length: 12 },
  (_, n) => `3e11fa47-71ca-11e1-9e33-c80aa94295${String(60 + n)}:1-${1000 + n}`,
).join(',');

const place = (changes: Partial<EvidenceEntry>): EvidenceEntry => ({
  path: 'db12/relay-bin.000002',
  offset: 550,
  length: 170,
  eventType: 'Query',
  serverId: 99,
  timestamp: '2026-11-20T09:59:41Z',
  source: { file: 'mysql-bin.000001', position: 1028 },
  gtid: '0-99-8',
  field: null,
  text: 'insert into app.hb values (99, now())',
  ...changes,
});

const stop: Step = {
  kind: 'change',
  on: 'server 12',
  run: "STOP SLAVE 'west';",
  expect: null,
  risk: 'reversible',
  because: 'the connection must rest while its list of ignored servers is replaced',
};

const ignore: Step = {
  kind: 'change',
  on: 'server 12',
  run: "CHANGE MASTER 'west' TO IGNORE_SERVER_IDS = (7, 8, 99), MASTER_HEARTBEAT_PERIOD = 30.000;",
  expect: null,
  risk: 'reversible',
  because: 'server 99 is no member of the ring any more, so nobody else takes its events out',
};

const check: Step = {
  kind: 'check',
  on: 'server 11',
  run: 'SHOW BINARY LOGS;',
  expect: 'lists mysql-bin.000002',
  risk: 'none',
  because: 'the new position must lie in a file that the source still has',
};

const copy: Step = {
  kind: 'check',
  on: 'server 11, shell',
  run: 'mysqlbinlog --no-defaults --verify-binlog-checksum --start-position=4 /var/lib/mysql/mysql-bin.000002 > /dev/null',
  expect: 'ends without an error',
  risk: 'none',
  because: 'the torn events must be whole on the source',
};

const reposition: Step = {
  kind: 'change',
  on: 'server 12',
  run: "CHANGE MASTER 'west' TO MASTER_LOG_FILE = 'mysql-bin.000002', MASTER_LOG_POS = 2854891;",
  expect: null,
  risk: 'rewrites-position',
  because: 'the relay logs are dropped and fetched again from the last executed event',
};

/** A statement that a channel name with a line break got into. */
const poisoned: Step = { ...stop, run: `STOP REPLICA FOR CHANNEL 'a${NASTY}';`, because: NASTY };

const loop: ReportFinding = {
  rule: 'foreign-server-id-loop',
  severity: 'critical',
  confidence: 'proven',
  title: 'Events of a server outside the ring are circling it',
  summary:
    'Three transactions of server 99 came back 804 times within 5 seconds on server 12; the loop is running and grows by 190 transactions a second.',
  explanation: `A ring takes an event out when it comes back to the server that wrote it. Server 99 has left the ring, so nobody takes its events out.\nEach lap executes them again: ${NASTY}`,
  fingerprint: 'f-loop',
  server: 12,
  channel: 'west',
  causedBy: null,
  evidence: Array.from({ length: 9 }, (_, n) => place({ offset: 550 + n * 3000 })),
  facts: {
    loopingServerId: 99,
    transactions: 3,
    laps: 804,
    lapsPerSecond: 190,
    firstSeen: '2026-11-20T09:59:41Z',
    lastSeen: '2026-11-20T09:59:46Z',
    ageSeconds: 15,
    running: true,
    cause: 'removed-server',
    tables: ['app.hb', `app.${NASTY}`],
    [`key ${NASTY}`]: NASTY,
    nested: { laps: [1, 2] },
  },
  excluded: [{ trap: 'multi-tier chain', why: 'the same transaction returned 804 times' }],
  fix: {
    dialect: 'mariadb-10.11',
    withheld: null,
    preconditions: [
      { text: 'no member of the ring has server id 99', state: 'unknown' },
      { text: 'gtid_strict_mode is OFF', state: 'met' },
    ],
    steps: [stop, ignore],
    sideEffects: ['what server 99 writes from now on is ignored on server 12'],
    undo: ["CHANGE MASTER 'west' TO IGNORE_SERVER_IDS = (7, 8);"],
    alternatives: [
      {
        title: 'newer position from the peer',
        steps: [check, reposition],
        costs: 'what the peer wrote itself meanwhile is skipped',
      },
    ],
  },
  references: ['https://mariadb.com/kb/en/change-master-to/#ignore_server_ids'],
};

const torn: ReportFinding = {
  rule: 'truncated-log',
  severity: 'high',
  confidence: 'likely',
  title: `A relay log ends inside an event ${NASTY}`,
  summary: `relay-bin.000003 ends 6 bytes into an event header; executed so far: ${GTID_SET}.`,
  explanation: 'The receiver was killed while it wrote.',
  fingerprint: 'f-torn',
  server: 12,
  channel: `a${NASTY}`,
  causedBy: 'f-loop',
  evidence: [
    place({
      path: '/srv/evidence/2026-11-20/customer with spaces/db12.example.invalid/var/lib/mysql/relay-bin.000003',
      offset: 104857591,
      text: LONG_SQL,
    }),
    place({
      path: `relay-log${NASTY}.info`,
      offset: 0,
      length: null,
      eventType: null,
      serverId: null,
      timestamp: null,
      source: null,
      gtid: null,
      field: 'Relay_log_pos',
      text: NASTY,
    }),
  ],
  facts: {
    firstSeen: '2026-11-18T02:00:00Z',
    lastSeen: '2026-11-19T00:00:10Z',
    running: false,
  },
  excluded: [],
  fix: {
    dialect: 'mariadb-10.11',
    withheld: 'the binary logs of server 11 were not given, so the position cannot be proven',
    preconditions: [{ text: 'gtid_mode is OFF', state: 'unmet' }],
    steps: [],
    sideEffects: [],
    undo: [],
    alternatives: [{ title: `poisoned ${NASTY}`, steps: [poisoned], costs: NASTY }],
  },
  references: [],
};

const stale: ReportFinding = {
  ...loop,
  rule: 'stale-format-description',
  severity: 'info',
  confidence: 'possible',
  title: 'The lag figure counts from a format description of 2024',
  summary: 'Seconds_Behind_Master shows two years where there is no lag.',
  fingerprint: 'f-stale',
  channel: '',
  server: null,
  evidence: [place({ text: null })],
  facts: {},
  excluded: [],
  fix: null,
  references: [],
};

const input = (changes: Partial<ReportInput>): ReportInput => ({
  path: 'db12/relay-bin.000002',
  kind: 'relay-log',
  flavor: 'mariadb',
  serverVersion: '10.11.19-MariaDB-0+deb12u1-log',
  serverId: 12,
  sourceServerId: 11,
  bytes: 2_854_891,
  events: 16_790,
  checksum: 'crc32',
  badChecksums: 0,
  first: '2026-11-20T09:59:41Z',
  last: '2026-11-20T09:59:46Z',
  state: 'complete',
  foundBeside: false,
  ...changes,
});

/** A report with everything a renderer has to cope with. Written by hand, and not all of it plausible. */
const connection = (known: Readonly<Record<string, unknown>>): Record<string, unknown> => ({
  kind: 'reconnect',
  path: 'db12/relay-bin.000002',
  offset: 256,
  asked: 'mysql-bin.000001:328',
  mode: 'position',
  cause: null,
  lastEventBefore: '2026-11-20T09:59:40Z',
  firstEventAfter: '2026-11-20T09:59:41Z',
  gapSeconds: null,
  ...known,
});

export const exampleReport: Report = {
  $schema: SCHEMA_ID,
  schemaVersion: 1,
  tool: { name: 'repl-forensics', version: '0.1.0' },
  now: '2026-11-20T10:00:00Z',
  verdict:
    'Server 12 executes the events of server 99 again and again: 190 transactions a second, running since 09:59:41.',
  stopTheDamage: {
    on: 'server 12',
    run: "STOP SLAVE 'west';",
    because: 'the loop grows by 190 transactions a second',
  },
  plan: [
    { ...stop, findings: ['f-loop', 'f-torn'] },
    { ...ignore, findings: ['f-loop'] },
    { ...check, findings: ['f-loop'] },
    { ...copy, findings: ['f-torn'] },
    { ...reposition, findings: ['f-torn'] },
    { ...poisoned, findings: ['f-loop'] },
  ],
  planWithheld: null,
  summary: {
    bySeverity: { critical: 1, high: 1, medium: 0, low: 0, info: 1 },
    inputs: 4,
    bytes: 107_712_543,
    events: 633_593,
    partial: false,
    skipped: 3,
  },
  inputs: [
    input({}),
    input({
      path: '/srv/evidence/2026-11-20/customer with spaces/db12.example.invalid/var/lib/mysql/relay-bin.000003',
      bytes: 104_857_597,
      events: 616_803,
      last: '2026-11-21T00:00:01Z',
      state: 'truncated',
      badChecksums: 2,
    }),
    input({
      path: `relay-log${NASTY}.info`,
      kind: 'relay-log-info',
      flavor: null,
      serverVersion: null,
      serverId: null,
      sourceServerId: null,
      bytes: 55,
      events: null,
      checksum: null,
      badChecksums: null,
      first: null,
      last: null,
      foundBeside: true,
    }),
    input({ path: '服务器/日志/mysql-bin.000001', kind: 'binary-log', serverVersion: NASTY }),
  ],
  servers: [
    {
      serverId: 12,
      uuid: null,
      flavor: 'mariadb',
      version: '10.11.19',
      dialect: 'mariadb-10.11',
      role: 'replica',
      folder: 'db12',
      sources: [{ channel: '', serverId: 11, host: '127.0.0.1', port: 3306 }],
      inputs: ['db12/relay-bin.000002'],
    },
  ],
  findings: [loop, torn, stale],
  context: [
    {
      kind: 'reconnects',
      summary: `The receiver reconnected 3 times ${NASTY}`,
      evidence: [
        place({ eventType: 'Rotate', gtid: null, text: 'Rotate to mysql-bin.000001:1028' }),
      ],
      facts: {
        server: 12,
        counts: { connect: 1, reconnect: 3, 'source-restart': 0 },
        history: [
          connection({ kind: 'connect', firstEventAfter: null }),
          connection({ cause: 'idle', gapSeconds: 31, asked: 'mysql-bin.000001:1028' }),
          connection({ cause: 'in-traffic', gapSeconds: 1234 }),
        ],
        leftOut: 1,
      },
    },
  ],
  outcomes: [
    { rule: 'foreign-server-id-loop', status: 'found', missing: [], bring: null, error: null },
    { rule: 'truncated-log', status: 'found', missing: [], bring: null, error: null },
    { rule: 'stale-format-description', status: 'found', missing: [], bring: null, error: null },
    { rule: 'corrupt-event', status: 'clear', missing: [], bring: null, error: null },
    { rule: 'relay-log-gap', status: 'clear', missing: [], bring: null, error: null },
    {
      rule: 'position-mismatch',
      status: 'not-assessed',
      missing: ['relay-log.info', 'the relay log it names'],
      bring:
        'cp /var/lib/mysql/relay-log.info /var/lib/mysql/relay-bin.index /var/lib/mysql/master.info .',
      error: null,
    },
    {
      rule: 'receiver-position-ahead',
      status: 'failed',
      missing: [],
      bring: null,
      error: `no such thing ${NASTY}`,
    },
  ],
  problems: [
    {
      path: 'relay-bin.000003',
      offset: 217,
      message: 'relay-bin.000003: at 217: position: needs 8 bytes, 6 left',
    },
    { path: `gone${NASTY}`, offset: null, message: `matches nothing${NASTY}` },
  ],
};

/** The same machine on a good day. */
export const healthyReport: Report = {
  ...exampleReport,
  verdict: 'Nothing is wrong in what was given.',
  stopTheDamage: null,
  plan: [],
  planWithheld: null,
  summary: {
    bySeverity: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
    inputs: 1,
    bytes: 2_854_891,
    events: 16_790,
    partial: false,
    skipped: 0,
  },
  inputs: [input({})],
  findings: [],
  context: [],
  outcomes: [
    { rule: 'corrupt-event', status: 'clear', missing: [], bring: null, error: null },
    { rule: 'relay-log-gap', status: 'clear', missing: [], bring: null, error: null },
  ],
  problems: [],
};
