import { describe, expect, test } from 'vitest';
import {
  gtidBinlog,
  gtidRelay,
  OTHER,
  REPLICA,
  replicaFiles,
  SOURCE,
  sourceFiles,
} from '../support/gtid-servers.ts';
import { binaryLog, RelayLog, START, VERSION, write } from '../support/relay-log.ts';
import { foundOf } from '../support/replica.ts';
import { type Files, outcomeOf } from '../support/scan-bytes.ts';
import { index, mariadbMasterInfo } from '../support/status-files.ts';

const RULE = 'errant-gtid';

const source = sourceFiles(
  gtidBinlog({ written: [[`${SOURCE}:1-5`], [`${SOURCE}:6-7`, LATER()]] }),
);
const relay = gtidRelay({ written: [[`${SOURCE}:1-5`], [`${SOURCE}:6-7`, LATER()]] });

/** Written by the replica itself. */
const OWN = { serverId: 2, at: START + 5 };
function LATER() {
  return { at: START + 60 };
}

const replica = (
  written: ReadonlyArray<readonly [string, { at?: number; serverId?: number }?]>,
): Files => replicaFiles([relay], [gtidBinlog({ serverId: 2, written })]);

const withOwn = replica([
  [`${SOURCE}:1-5`],
  [`${REPLICA}:1-2:adhoc:1`, OWN],
  [`${SOURCE}:6-7`, LATER()],
]);

const nothing = (files: Files): void => expect(outcomeOf(RULE, files).status).not.toBe('found');

describe('own transactions of a replica', () => {
  test('with both servers: high, proven where the source’s log goes on behind them', () => {
    const found = foundOf(RULE, { ...source, ...withOwn });
    expect(found).toMatchObject({
      severity: 'high',
      confidence: 'proven',
      title: '3 transactions of server 2 are not on its master, server 1',
      facts: {
        state: 'local',
        source: 1,
        sourceUuid: false,
        gtids: `${REPLICA}:1-2:adhoc:1`,
        transactions: 3,
      },
    });
    expect(found.at.map(({ path, gtid }) => [path, gtid])).toEqual(
      [`${REPLICA}:1`, `${REPLICA}:2`, `${REPLICA}:adhoc:1`].map((gtid) => [
        'r/replica-bin.000001',
        gtid,
      ]),
    );
    expect(found.at.every(({ offset, length }) => offset > 4 && (length ?? 0) > 0)).toBe(true);
  });

  test('possible where they stand before all others: it may have been the source', () => {
    const files = {
      ...source,
      ...replica([[`${REPLICA}:1-2`, OWN], [`${SOURCE}:1-5`], [`${SOURCE}:6-7`, LATER()]]),
    };
    expect(foundOf(RULE, files)).toMatchObject({
      severity: 'medium',
      confidence: 'possible',
      summary: expect.stringContaining('perhaps as the master of that time'),
    });
    const purged = replicaFiles(
      [relay],
      [gtidBinlog({ serverId: 2, before: `${SOURCE}:1-7`, written: [[`${REPLICA}:1`, OWN]] })],
    );
    expect(foundOf(RULE, { ...source, ...purged })).toMatchObject({ severity: 'high' });
  });

  test('likely where it does not', () => {
    const files = { ...source, ...replica([[`${SOURCE}:1-7`], [`${REPLICA}:1`, LATER()]]) };
    expect(foundOf(RULE, files)).toMatchObject({ severity: 'high', confidence: 'likely' });
  });

  test('of a large log, all of whose places are not kept: the first one', () => {
    const many = gtidBinlog({
      serverId: 2,
      written: [[`${REPLICA}:1`, OWN], [`${SOURCE}:1-7`], [`${OTHER}:1-6000`]],
    });
    const has = sourceFiles(
      gtidBinlog({
        before: `${OTHER}:1-6000`,
        written: [[`${SOURCE}:1-5`], [`${SOURCE}:6-7`, LATER()]],
      }),
    );
    const found = foundOf(RULE, { ...has, ...replicaFiles([relay], [many]) });
    expect(found).toMatchObject({ facts: { gtids: `${REPLICA}:1` } });
  });

  test('without the source’s files: medium, likely where it sent later things without a hole', () => {
    expect(foundOf(RULE, withOwn)).toMatchObject({
      severity: 'medium',
      confidence: 'likely',
      facts: { state: 'written-here', source: null, transactions: 3 },
    });
  });

  test('without auto.cnf the uuid of its own transactions is its own', () => {
    const { 'r/auto.cnf': _, ...rest } = withOwn;
    expect(foundOf(RULE, rest)).toMatchObject({ facts: { gtids: `${REPLICA}:1-2:adhoc:1` } });
  });
});

describe('empty transactions under the same GTIDs', () => {
  const alternative = (files: Files) => {
    const outcome = outcomeOf(RULE, files);
    const fix = outcome.status === 'found' ? outcome.findings[0]?.fix : null;
    if (!fix) throw new Error('no fix');
    return fix;
  };

  test('are no plan, but an alternative, with tags and with their cost', () => {
    const fix = alternative({ ...source, ...withOwn });
    expect(fix).toMatchObject({
      steps: [],
      withheld: expect.stringContaining('build server 2 anew'),
    });
    const [only] = fix.alternatives;
    expect(
      only?.steps.filter(({ kind }) => kind === 'change').map(({ on, run }) => [on, run]),
    ).toEqual(
      [
        `SET GTID_NEXT = '${REPLICA}:1'; BEGIN; COMMIT;`,
        `SET GTID_NEXT = '${REPLICA}:2'; BEGIN; COMMIT;`,
        `SET GTID_NEXT = '${REPLICA}:adhoc:1'; BEGIN; COMMIT;`,
        "SET GTID_NEXT = 'AUTOMATIC';",
      ].map((run) => ['server 1', run]),
    );
    expect(only?.steps[0]).toMatchObject({
      kind: 'check',
      run: `SELECT GTID_SUBTRACT('${REPLICA}:1-2:adhoc:1', @@GLOBAL.gtid_executed);`,
    });
    expect(only?.costs).toContain('stay different');
    expect(JSON.stringify(fix)).not.toMatch(/RESET (?:MASTER|BINARY)/);
  });

  test('are not printed by the hundred', () => {
    const files = { ...source, ...replica([[`${SOURCE}:1-7`], [`${REPLICA}:1-51`, OWN]]) };
    expect(alternative(files).alternatives).toEqual([]);
  });

  test('are not printed before the source was looked at', () => {
    expect(alternative(withOwn)).toMatchObject({
      withheld: expect.stringContaining('scan its binary logs'),
      alternatives: [],
    });
  });
});

describe('what the source lost', () => {
  const received = replicaFiles(
    [gtidRelay({ written: [[`${SOURCE}:1-9`]] })],
    [gtidBinlog({ serverId: 2, written: [[`${SOURCE}:1-9`]] })],
  );
  const reset = (...written: Parameters<typeof gtidBinlog>[0][]) =>
    sourceFiles(...written.map((one) => gtidBinlog(one)));

  test('its numbers begin anew: critical and proven, both transactions are shown', () => {
    const found = foundOf(RULE, {
      ...received,
      ...reset({ at: START + 100, written: [[`${SOURCE}:1-2`]] }),
    });
    expect(found).toMatchObject({
      severity: 'critical',
      confidence: 'proven',
      facts: {
        state: 'lost-by-source',
        sourceUuid: true,
        gtids: `${SOURCE}:3-9`,
        reused: `${SOURCE}:1 and ${SOURCE}:2`,
      },
    });
    expect(found.at.slice(0, 2)).toMatchObject([
      { path: 'r/relay-bin.000001', gtid: `${SOURCE}:1` },
      { path: 's/mysql-bin.000001', gtid: `${SOURCE}:1` },
    ]);
  });

  test('also where it has passed the replica by now', () => {
    const files = {
      ...received,
      ...reset({ at: START + 100, written: [[`${SOURCE}:1-20`]] }),
    };
    expect(foundOf(RULE, files)).toMatchObject({
      severity: 'critical',
      title: '9 GTIDs of server 1 name another transaction on server 2',
      facts: { gtids: '' },
    });
  });

  test('the end of its log is gone, and it went on: likely', () => {
    const files = {
      ...received,
      ...reset(
        { written: [[`${SOURCE}:1-4`]], next: 'mysql-bin.000002' },
        { at: START + 90, before: `${SOURCE}:1-4` },
      ),
    };
    expect(foundOf(RULE, files)).toMatchObject({
      severity: 'critical',
      confidence: 'likely',
      facts: { gtids: `${SOURCE}:5-9`, reused: '' },
    });
  });

  test('no statement is printed: somebody must decide', () => {
    const files = { ...received, ...reset({ at: START + 100, written: [[`${SOURCE}:1-2`]] }) };
    const outcome = outcomeOf(RULE, files);
    expect(outcome).toMatchObject({
      findings: [
        { fix: { withheld: expect.stringContaining('which side is right'), alternatives: [] } },
      ],
    });
  });
});

describe('not taken for it', () => {
  test('a source copied earlier than the replica', () => {
    const early = sourceFiles(gtidBinlog({ written: [[`${SOURCE}:1-3`]] }));
    nothing({ ...early, ...replica([[`${SOURCE}:1-5`], [`${SOURCE}:6-7`, LATER()]]) });
  });

  test('a source copied earlier, one of whose clients set its time to the future', () => {
    const early = sourceFiles(
      gtidBinlog({ written: [[`${SOURCE}:1-2`], [`${SOURCE}:3`, { at: START + 9e6 }]] }),
    );
    const chain = [
      [`${SOURCE}:1-2`],
      [`${SOURCE}:3`, { at: START + 9e6 }],
      [`${SOURCE}:4-7`, LATER()],
    ] as const;
    const files = replicaFiles(
      [gtidRelay({ written: chain })],
      [gtidBinlog({ serverId: 2, written: chain })],
    );
    nothing({ ...early, ...files });
  });

  test('a source copied earlier, and a client that set its time to the past', () => {
    const early = sourceFiles(gtidBinlog({ written: [[`${SOURCE}:1-5`, LATER()]] }));
    const chain = [
      [`${SOURCE}:1-5`, LATER()],
      [`${SOURCE}:6`, { at: START - 9e6 }],
    ] as const;
    const files = replicaFiles(
      [gtidRelay({ written: chain })],
      [gtidBinlog({ serverId: 2, written: chain })],
    );
    nothing({ ...early, ...files });
  });

  test('a source whose newest log was not copied', () => {
    const part: Files = {
      ...sourceFiles(gtidBinlog({ written: [[`${SOURCE}:1-3`]], next: 'mysql-bin.000002' })),
      's/mysql-bin.index': index('mysql-bin.000001', 'mysql-bin.000002'),
    };
    const { 's/mysql-bin.index': _, ...withoutIndex } = part;
    const files = replica([[`${SOURCE}:1-7`], [`${REPLICA}:1`, LATER()]]);
    nothing({ ...part, ...files });
    nothing({ ...withoutIndex, ...files });
  });

  test('a ring: the source receives from the replica', () => {
    const back = new RelayLog({ serverId: 1, version: VERSION.mysql57 }).connect({ source: 2 });
    nothing({ ...source, 's/relay-bin.000001': back, ...withOwn });
  });

  test('a co-master alone, whose own transactions came back and left a hole', () => {
    const ring = gtidRelay({ written: [[`${SOURCE}:1-5`]] });
    ring.hole(300);
    ring.events((log) => write(log, { serverId: 1, at: START + 60 }));
    nothing({ ...withOwn, 'r/relay-bin.000001': ring });
  });

  test('a co-master alone, whose receiver left a mark for them', () => {
    const ring = gtidRelay({ written: [[`${SOURCE}:1-5`]] });
    ring.ignored('mysql-bin.000001', ring.position + 300);
    nothing({ ...withOwn, 'r/relay-bin.000001': ring });
  });

  test('a former source that is a replica now', () => {
    const before = { serverId: 2, at: START - 500 };
    nothing(replica([[`${REPLICA}:1-9`, before], [`${SOURCE}:1-5`], [`${SOURCE}:6-7`, LATER()]]));
  });

  test('a source that was made from a copy of its replica, and is its source since', () => {
    const promoted = sourceFiles(
      gtidBinlog({
        written: [
          [`${REPLICA}:5-6`, { serverId: 2 }],
          [`${SOURCE}:1-2`, LATER()],
        ],
      }),
    );
    const own = gtidBinlog({
      serverId: 2,
      written: [
        [`${REPLICA}:1-6`, { serverId: 2 }],
        [`${SOURCE}:1-2`, LATER()],
      ],
    });
    const received = gtidRelay({ written: [[`${SOURCE}:1-2`, LATER()]] });
    nothing({ ...promoted, ...replicaFiles([received], [own]) });
    // What it wrote after the copy, and the new source never had, is errant
    const more = gtidBinlog({
      serverId: 2,
      written: [
        [`${REPLICA}:1-8`, { serverId: 2 }],
        [`${SOURCE}:1-2`, LATER()],
      ],
    });
    expect(foundOf(RULE, { ...promoted, ...replicaFiles([received], [more]) })).toMatchObject({
      severity: 'high',
      facts: { gtids: `${REPLICA}:7-8` },
    });
  });

  test('a source that was built anew from a backup: its logs begin later', () => {
    const anew = sourceFiles(gtidBinlog({ at: START + 90, written: [[`${SOURCE}:6-9`]] }));
    const chain = [[`${SOURCE}:1-5`], [`${SOURCE}:6-9`, { at: START + 90 }]] as const;
    const files = replicaFiles(
      [gtidRelay({ written: chain })],
      [gtidBinlog({ serverId: 2, written: chain })],
    );
    nothing({ ...anew, ...files });
  });

  test('a replica that was promoted', () => {
    nothing(replica([[`${SOURCE}:1-7`], [`${REPLICA}:1-9`, { serverId: 2, at: START + 90 }]]));
  });

  test('uuids of servers further up', () => {
    const chain = [
      [`${SOURCE}:1-5`],
      [`${OTHER}:1-4`, { serverId: 9 }],
      [`${SOURCE}:6-7`, LATER()],
    ] as const;
    const files = replicaFiles(
      [gtidRelay({ written: chain })],
      [gtidBinlog({ serverId: 2, written: chain })],
    );
    nothing({ ...sourceFiles(gtidBinlog({ written: chain })), ...files });
    nothing({ ...sourceFiles(gtidBinlog({ written: [[`${SOURCE}:1-3`]] })), ...files });
    nothing(files);
  });

  test('the same server seen from its source: nothing is missing there', () => {
    nothing(source);
  });

  test('one GTID with another time, logged by a server between', () => {
    const between = gtidBinlog({ written: [[`${OTHER}:1-5`, { serverId: 9, at: START + 1 }]] });
    const files = replicaFiles(
      [gtidRelay({ written: [[`${OTHER}:1-5`, { serverId: 9 }]] })],
      [gtidBinlog({ serverId: 2, written: [[`${OTHER}:1-5`, { serverId: 9 }]] })],
    );
    nothing({ ...sourceFiles(between), ...files });
  });
});

/** A source that has the first two of a third server. */
const knowing = sourceFiles(
  gtidBinlog({
    written: [[`${SOURCE}:1-5`], [`${OTHER}:1-2`, { serverId: 9 }], [`${SOURCE}:6-7`, LATER()]],
  }),
);

test('what is shown of a large log is a sample, what is named is all of it', () => {
  const files = replicaFiles(
    [relay],
    [
      gtidBinlog({
        serverId: 2,
        written: [
          [`${SOURCE}:1-5`],
          [`${OTHER}:3-6000`, { serverId: 9 }],
          [`${SOURCE}:6-7`, LATER()],
        ],
      }),
    ],
  );
  expect(foundOf(RULE, { ...knowing, ...files })).toMatchObject({
    facts: { gtids: `${OTHER}:3-6000`, transactions: 5998 },
  });
});

describe('third servers’ transactions in the replica’s own log', () => {
  const files = replica([
    [`${SOURCE}:1-5`],
    [`${OTHER}:7`, { serverId: 9 }],
    [`${SOURCE}:6-7`, LATER()],
  ]);

  test('are errant where the source’s log goes on without them', () => {
    expect(foundOf(RULE, { ...knowing, ...files })).toMatchObject({
      severity: 'high',
      facts: { gtids: `${OTHER}:7` },
    });
  });

  test('may have come with the backup that the source was made from', () => {
    nothing({ ...source, ...files });
  });

  test('may come by another channel whose source was not given', () => {
    const second = new RelayLog({ version: VERSION.mysql57 }).connect({ source: 8 });
    nothing({ ...knowing, ...files, 'r/relay-bin-west.000001': second });
  });
});

describe('MariaDB', () => {
  const version = VERSION.mariadb;
  const sourceLog = (...more: number[]) => {
    const log = binaryLog({ serverId: 1, version });
    for (const sequence of [1, 2, ...more]) write(log, { serverId: 1, sequence });
    return log;
  };
  const pair = (usingGtid: 'no' | 'current_pos', domain = 0, more: Files = {}): Files => {
    const received = new RelayLog({ version }).connect({ version });
    const own = binaryLog({ serverId: 2, version });
    for (const sequence of [1, 2]) {
      received.write({ serverId: 1, sequence });
      write(own, { serverId: 1, sequence });
    }
    own.mariadbGtid(3, { serverId: 2, domain, at: START + 9 }).query('INSERT INTO a VALUES (1)');
    own.xid(1);
    return {
      's/mysql-bin.000001': sourceLog(),
      's/mysql-bin.index': index('mysql-bin.000001'),
      'r/relay-bin.000001': received,
      'r/replica-bin.000001': own,
      'r/master.info': mariadbMasterInfo({ usingGtid }),
      ...more,
    };
  };

  test.each([
    ['by position: low', 'no', 0, 'low'],
    ['by GTID, in the domain of the source: medium', 'current_pos', 0, 'medium'],
    ['by GTID, in a domain of its own: low', 'current_pos', 7, 'low'],
  ] as const)('%s', (_, using, domain, severity) => {
    expect(foundOf(RULE, pair(using, domain))).toMatchObject({
      severity,
      confidence: 'likely',
      facts: { gtids: `${domain}-2-3`, transactions: 1, source: 1 },
    });
  });

  test('nothing where they stand before all others: a former source', () => {
    const own = binaryLog({ serverId: 2, version });
    for (const [serverId, sequence] of [
      [2, 1],
      [2, 2],
      [1, 3],
    ] as const)
      write(own, { serverId, sequence });
    nothing(pair('current_pos', 0, { 'r/replica-bin.000001': own }));
  });

  test('nothing without the source, in a ring, or where the source knows them', () => {
    const { 's/mysql-bin.000001': _, ...alone } = pair('current_pos');
    nothing(alone);
    const back = new RelayLog({ serverId: 1, version }).connect({ source: 2, version });
    nothing(pair('current_pos', 0, { 's/relay-bin.000001': back }));
    const knows = sourceLog();
    write(knows, { serverId: 2, sequence: 3 });
    nothing(pair('current_pos', 0, { 's/mysql-bin.000001': knows }));
  });
});

describe('not assessed', () => {
  test.each<[string, Files, string]>([
    ['no own binary logs', { 'r/relay-bin.000001': relay }, 'own binary logs'],
    ['no source, nothing of its own', replica([[`${SOURCE}:1-7`]]), 'up to its newest one'],
  ])('%s', (_, files, missing) => {
    expect(outcomeOf(RULE, files)).toMatchObject({
      status: 'not-assessed',
      missing: [expect.stringContaining(missing)],
    });
  });

  test('clear where no transaction has a GTID', () => {
    const files = replicaFiles([gtidRelay()], [gtidBinlog({ serverId: 2 })]);
    expect(outcomeOf(RULE, files).status).toBe('clear');
  });

  test('clear with both', () => {
    const files = { ...source, ...replica([[`${SOURCE}:1-5`], [`${SOURCE}:6-7`, LATER()]]) };
    expect(outcomeOf(RULE, files).status).toBe('clear');
  });
});
