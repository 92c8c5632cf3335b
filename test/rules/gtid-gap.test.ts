import { describe, expect, test } from 'vitest';
import {
  gtidBinlog,
  gtidRelay,
  OTHER,
  REPLICA,
  replicaFiles,
  SOURCE,
  sourceFiles,
  type Written,
} from '../support/gtid-servers.ts';
import { binaryLog, RelayLog, START, VERSION, write } from '../support/relay-log.ts';
import { foundOf } from '../support/replica.ts';
import { type Files, outcomeOf } from '../support/scan-bytes.ts';
import { index } from '../support/status-files.ts';

const RULE = 'gtid-gap';

/** By file and position, with nobody ignored. */
const PLAIN = { autoPosition: false };
const GAP = `${SOURCE}:5-7`;
const AUTO = { autoPosition: true };
/** The same without the hole. */
const FILLED = {
  first: [[`${SOURCE}:1-9`]],
  received: [[`${SOURCE}:5-12`]],
  head: `${SOURCE}:1-9`,
} as const;

interface Replica {
  /** In its own first log, and in its second one. */
  readonly first?: readonly Written[];
  readonly second?: readonly Written[];
  readonly received?: readonly Written[];
  readonly head?: string;
  readonly master?: Parameters<typeof replicaFiles>[2];
}

const replica = ({
  first = [[`${SOURCE}:1-4:8-9`]],
  second = [[`${SOURCE}:10-12`]],
  received = [[`${SOURCE}:8-12`]],
  head = `${SOURCE}:1-4:8-9`,
  master = PLAIN,
}: Replica = {}): Files =>
  replicaFiles(
    [gtidRelay({ at: START - 60, written: received })],
    [
      gtidBinlog({ serverId: 2, at: START - 60, written: first, next: 'replica-bin.000002' }),
      gtidBinlog({ serverId: 2, before: head, written: second }),
    ],
    master,
  );

const source = (set = `${SOURCE}:1-20`): Files => sourceFiles(gtidBinlog({ written: [[set]] }));
const nothing = (files: Files): void => expect(outcomeOf(RULE, files).status).not.toBe('found');

test('the source has them, the replica neither executed nor received them: high', () => {
  const found = foundOf(RULE, { ...source(), ...replica() });
  expect(found).toMatchObject({
    severity: 'high',
    confidence: 'likely',
    title: `3 transactions of its master are missing on server 2: ${GAP}`,
    facts: { missing: GAP, transactions: 3, source: 1, stillOnSource: true },
  });
  expect(found.at.map(({ path, gtid }) => [path, gtid])).toEqual([
    ['r/replica-bin.000001', `${SOURCE}:4`],
    ['s/mysql-bin.000001', `${SOURCE}:5`],
    ['s/mysql-bin.000001', `${SOURCE}:6`],
    ['s/mysql-bin.000001', `${SOURCE}:7`],
  ]);
});

test('only what the source has counts: it may have holes of its own', () => {
  const files = { ...source(`${SOURCE}:1-5:8-20`), ...replica() };
  expect(foundOf(RULE, files)).toMatchObject({ facts: { missing: `${SOURCE}:5` } });
});

describe('medium and possible', () => {
  test.each<[string, Files]>([
    ['without the source', replica()],
    ['without master.info: GTIDs may decide', { ...source(), ...replica({ master: null }) }],
    ['with ignored server ids', { ...source(), ...replica({ master: { ignore: [9] } }) }],
  ])('%s', (_, files) => {
    expect(foundOf(RULE, files)).toMatchObject({
      severity: 'medium',
      confidence: 'possible',
      facts: { missing: GAP },
    });
  });
});

describe('the repair', () => {
  const fix = (files: Files) => {
    const outcome = outcomeOf(RULE, files);
    const [one] = outcome.status === 'found' ? outcome.findings : [];
    if (!one?.fix) throw new Error('no fix');
    return one.fix;
  };

  test('is no plan; auto-position fetches them late, and says what that costs', () => {
    const { withheld, steps, alternatives } = fix({ ...source(), ...replica() });
    expect(steps).toEqual([]);
    expect(withheld).toContain('compare the tables of server 2 with those of server 1');
    expect(alternatives.map(({ costs }) => costs).join()).toContain('1062');
    expect(alternatives[0]?.steps.map(({ run }) => run)).toEqual([
      `SELECT GTID_SUBTRACT('${GAP}', @@GLOBAL.gtid_executed);`,
      'STOP SLAVE;',
      expect.stringContaining('cp -a'),
      'CHANGE MASTER TO MASTER_AUTO_POSITION = 1;',
      'START SLAVE;',
      `SELECT GTID_SUBTRACT('${GAP}', @@GLOBAL.gtid_executed);`,
    ]);
  });

  test('has no alternative where the source has purged them', () => {
    const purged = sourceFiles(
      gtidBinlog({ before: `${SOURCE}:1-6`, written: [[`${SOURCE}:7-20`]] }),
    );
    expect(fix({ ...purged, ...replica() })).toMatchObject({
      withheld: expect.stringContaining('purged'),
      alternatives: [],
    });
  });
});

describe('not taken for it', () => {
  test('a parallel applier: the relay logs have received them', () => {
    nothing({ ...source(), ...replica({ received: [[`${SOURCE}:1-12`]] }) });
  });

  test('received before the oldest relay log that is left', () => {
    const files = replica();
    const relay = gtidRelay({ before: `${SOURCE}:1-9`, written: [[`${SOURCE}:10-12`]] });
    nothing({ ...source(), ...files, 'r/relay-bin.000001': relay });
  });

  test('filled later', () => {
    nothing({ ...source(), ...replica({ second: [[`${SOURCE}:10-12:5-7`]] }) });
  });

  test('a replica made from another one that had holes: they lie behind its first transactions', () => {
    const copied = { at: START - 600 };
    const first = [[`${SOURCE}:4:8-9`, copied]] as const;
    nothing({ ...source(), ...replica({ first, head: `${SOURCE}:4:8-9` }) });
  });

  test('a source that has the same hole', () => {
    nothing({ ...source(`${SOURCE}:1-4:8-20`), ...replica() });
  });

  test('a hole younger than the newest own log, without the source', () => {
    const young = replica({
      first: [[`${SOURCE}:1-4`]],
      head: `${SOURCE}:1-4`,
      second: [[`${SOURCE}:8-12`]],
    });
    nothing(young);
    expect(outcomeOf(RULE, { ...source(), ...young }).status).toBe('found');
  });

  test('nothing of the source was received behind it yet', () => {
    nothing({ ...source(), ...replica({ received: [] }) });
  });

  test('numbers of its own, or of group replication', () => {
    const own = { serverId: 2 };
    nothing(
      replica({
        first: [[`${SOURCE}:1-4`], [`${REPLICA}:1-2:6-7`, own]],
        head: `${SOURCE}:1-4,${REPLICA}:1-2:6-7`,
        second: [[`${REPLICA}:8`, own]],
        received: [[`${SOURCE}:1-4`]],
      }),
    );
    nothing(
      replica({
        first: [[`${OTHER}:1-4:1000001`]],
        head: `${OTHER}:1-4:1000001`,
        second: [[`${OTHER}:1000002`]],
        received: [[`${OTHER}:1000001-1000002`]],
      }),
    );
  });

  test('a relay log that is missing, or damaged', () => {
    const files = { ...source(), ...replica() };
    const relay = gtidRelay({ written: [[`${SOURCE}:8-12`]] });
    nothing({
      ...files,
      'r/relay-bin.000003': relay,
      'r/relay-bin.index': index('relay-bin.000001', 'relay-bin.000002', 'relay-bin.000003'),
    });
    const bytes = relay.bytes();
    nothing({ ...files, 'r/relay-bin.000001': bytes.subarray(0, bytes.length - 3) });
  });

  test('own logs up to the newest one were not given', () => {
    const files = replica();
    nothing({
      ...source(),
      ...files,
      'r/replica-bin.index': index(
        'replica-bin.000001',
        'replica-bin.000002',
        'replica-bin.000003',
      ),
    });
  });
});

test('not assessed where GTIDs decide, and on MariaDB', () => {
  const version = VERSION.mariadb;
  const mariadb: Files = {
    'r/relay-bin.000001': new RelayLog({ version }).connect({ version }).write({ sequence: 1 }),
    'r/replica-bin.000001': write(binaryLog({ serverId: 2, version }), { sequence: 1 }),
  };
  expect(outcomeOf(RULE, mariadb)).toMatchObject({
    status: 'not-assessed',
    missing: [expect.stringContaining('by design')],
  });
  expect(outcomeOf(RULE, replica({ master: AUTO }))).toMatchObject({
    status: 'not-assessed',
    missing: [expect.stringContaining('with auto-position')],
  });
  expect(outcomeOf(RULE, { ...source(), ...replica({ ...FILLED, master: AUTO }) }).status).toBe(
    'clear',
  );
});

test('clear where no transaction has a GTID', () => {
  const files = replicaFiles([gtidRelay()], [gtidBinlog({ serverId: 2 })], PLAIN);
  expect(outcomeOf(RULE, files).status).toBe('clear');
});

test('clear where there is no hole', () => {
  const files = replica({
    first: [[`${SOURCE}:1-9`]],
    head: `${SOURCE}:1-9`,
    received: [[`${SOURCE}:1-12`]],
  });
  expect(outcomeOf(RULE, { ...source(), ...files }).status).toBe('clear');
});

test('MySQL 8.4 ignores no server while GTIDs are on: master.info alone is missing', () => {
  const version = VERSION.mysql84;
  const files = replicaFiles(
    [gtidRelay({ version, at: START - 60, written: [[`${SOURCE}:8-12`]] })],
    [gtidBinlog({ version, serverId: 2, at: START - 60, written: [[`${SOURCE}:1-4:8-12`]] })],
  );
  expect(foundOf(RULE, { ...source(), ...files })).toMatchObject({ severity: 'medium' });
});

describe('auto-position: the source sends what is not named to it', () => {
  test('what it did not send, and no log of the replica holds, was counted as executed', () => {
    const found = foundOf(RULE, { ...source(), ...replica({ master: AUTO }) });
    expect(found).toMatchObject({
      severity: 'medium',
      confidence: 'possible',
      title: expect.stringMatching(
        /^3 transactions of its master are counted as executed on server 2/,
      ),
      facts: { missing: GAP, transactions: 3, source: 1, countedAsExecuted: true },
    });
    expect(found.at.map(({ path, gtid }) => [path, gtid])).toEqual([
      ['r/replica-bin.000001', `${SOURCE}:4`],
      ['s/mysql-bin.000001', `${SOURCE}:5`],
      ['s/mysql-bin.000001', `${SOURCE}:6`],
      ['s/mysql-bin.000001', `${SOURCE}:7`],
    ]);
  });

  test('the plan is withheld: a dump or a clone may have brought the data', () => {
    const outcome = outcomeOf(RULE, { ...source(), ...replica({ master: AUTO }) });
    const fix = outcome.status === 'found' ? outcome.findings[0]?.fix : null;
    expect(fix).toMatchObject({
      steps: [],
      alternatives: [],
      withheld: expect.stringContaining('a dump or a clone brought it'),
    });
  });

  test('after a RESET of the replica’s own logs its relay logs still show both sides', () => {
    const files = replica({
      master: AUTO,
      first: [],
      second: [[`${SOURCE}:8-12`]],
      received: [[`${SOURCE}:1-4`], [`${SOURCE}:8-12`]],
      head: '',
    });
    expect(foundOf(RULE, { ...source(), ...files })).toMatchObject({ facts: { missing: GAP } });
  });

  test('nothing where the source logged them later, as a parallel applier there does', () => {
    const late = sourceFiles(
      gtidBinlog({ written: [[`${SOURCE}:1-4`], [`${SOURCE}:8-12`], [GAP]] }),
    );
    nothing({ ...late, ...replica({ master: AUTO }) });
  });

  test('nothing where the source has the same hole', () => {
    nothing({ ...source(`${SOURCE}:1-4:8-20`), ...replica({ master: AUTO }) });
  });

  test('nothing of what a replica made from a backup had from the begin on', () => {
    const files = replica({
      master: AUTO,
      first: [[`${SOURCE}:8-9`]],
      received: [[`${SOURCE}:8-12`]],
      head: `${SOURCE}:8-9`,
    });
    nothing({ ...source(), ...files });
  });

  test('nothing where server ids are ignored on a version that drops them under GTIDs', () => {
    nothing({ ...source(), ...replica({ master: { ...AUTO, ignore: [9] } }) });
  });
});
