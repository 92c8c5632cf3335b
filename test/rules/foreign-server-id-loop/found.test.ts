import { describe, expect, test } from 'vitest';
import {
  GONE,
  lap,
  PROOFS,
  type Proof,
  ringBinlog,
  ringRelay,
  single,
  VERSION_OF,
} from '../../support/loop-logs.ts';
import { binaryLog, RelayLog, START, times, VERSION, write } from '../../support/relay-log.ts';
import { type Files, findingsOf, type Settings } from '../../support/scan-bytes.ts';

const findings = (files: Files, settings?: Settings) =>
  findingsOf('foreign-server-id-loop', files, settings);

const only = (files: Files) => {
  const [one, ...others] = findings(files);
  if (!one || others.length > 0) throw new Error(`${others.length + 1} findings, or none`);
  return one.found;
};

const facts = (files: Files) => only(files).facts as Record<string, unknown>;

describe.each(PROOFS)('by %s', (proof) => {
  test.each([
    ['statements', {}, 'statement'],
    ['rows', { rows: 'shop.orders' }, 'row'],
  ])('%s in the relay log of a ring', (_name, transaction, format) => {
    expect(
      only({ 'b/relay-bin.000002': ringRelay({ proof, transactions: [transaction] }) }),
    ).toMatchObject({
      severity: 'critical',
      confidence: 'proven',
      server: { id: 2 },
      channel: '',
      facts: {
        loopingServerId: GONE,
        proof,
        laps: 40,
        transactions: 1,
        formats: [format],
        tables: ['shop.orders'],
        running: true,
        cause: 'removed-server',
      },
    });
  });

  test('in the relay log and in the binary log', () => {
    const files = {
      'b/relay-bin.000002': ringRelay({ proof }),
      'b/mysql-bin.000001': ringBinlog({ proof, laps: 38 }),
    };
    expect(only(files)).toMatchObject({
      severity: 'critical',
      facts: {
        laps: 40,
        seenIn: [
          { server: 2, log: 'relay-bin', laps: 40 },
          { server: 2, log: 'mysql-bin', laps: 38 },
        ],
      },
    });
  });

  test('both members of the ring give one finding', () => {
    const files = {
      'a/relay-bin.000002': ringRelay({ proof, serverId: 1, source: 2, laps: 41 }),
      'a/mysql-bin.000001': ringBinlog({ proof, serverId: 1, source: 2, laps: 41 }),
      'b/relay-bin.000002': ringRelay({ proof }),
      'b/mysql-bin.000001': ringBinlog({ proof }),
    };
    expect(only(files)).toMatchObject({
      severity: 'critical',
      confidence: 'proven',
      facts: { laps: 41, transactions: 1 },
    });
    expect(facts(files)['seenIn']).toHaveLength(4);
  });

  test('several transactions that go round together are one loop', () => {
    const transactions = [
      { sql: 'INSERT INTO a VALUES (1)' },
      { sql: 'INSERT INTO b VALUES (1)', sequence: 9 },
    ];
    expect(facts({ 'b/relay-bin.000002': ringRelay({ proof, transactions }) })).toMatchObject({
      transactions: 2,
      laps: 40,
      tables: ['shop.a', 'shop.b'],
    });
  });

  test('laps go on over the files of a chain', () => {
    const first = new RelayLog({ version: VERSION_OF[proof] }).connect({ position: 700 }).hole();
    times(20, (i) => first.write(lap(proof, i)));
    const second = new RelayLog({ version: VERSION_OF[proof] }).copyOfFormat({
      position: first.position,
    });
    times(20, (i) => second.write(lap(proof, 20 + i)));
    const files = {
      'b/relay-bin.000002': first.rotate('relay-bin.000003'),
      'b/relay-bin.000003': second,
    };
    expect(facts(files)).toMatchObject({ laps: 40, running: true });
  });

  test('a copy that ends inside a lap is a copy of a running loop', () => {
    const files = {
      'b/relay-bin.000002': ringRelay({ proof }).write({ ...lap(proof, 40), open: true }),
    };
    expect(only(files)).toMatchObject({ severity: 'critical', facts: { laps: 40, running: true } });
  });
});

describe('each lap in another file', () => {
  const chain = (proof: Proof, laps: number): Files => {
    const files: Record<string, RelayLog> = {};
    let position = 700;
    times(laps, (i) => {
      const relay = new RelayLog({ version: VERSION_OF[proof] })
        .connect({ position })
        .hole()
        .write(lap(proof, i));
      position = relay.position;
      files[`b/relay-bin.${String(i + 2).padStart(6, '0')}`] = relay
        .hole()
        .write(single(proof, i, { at: START + i / 10 }));
    });
    return files;
  };

  test.each(['mariadb-gtid', 'original-commit-timestamp'] as const)('%s tells', (proof) => {
    expect(facts(chain(proof, 12))).toMatchObject({ laps: 12, proof });
  });

  test('content does not: no two copies were compared', () => {
    expect(findings(chain('content', 12))).toEqual([]);
  });
});

describe('a binary log alone', () => {
  test.each(['mariadb-gtid', 'original-commit-timestamp'] as const)(
    '%s: many laps need no ring',
    (proof) => {
      expect(only({ 'b/mysql-bin.000001': ringBinlog({ proof }) })).toMatchObject({
        severity: 'critical',
        confidence: 'proven',
      });
      expect(only({ 'b/mysql-bin.000001': ringBinlog({ proof, laps: 9 }) })).toMatchObject({
        severity: 'medium',
        confidence: 'possible',
      });
    },
  );

  test('content: at most suspected, and not where one foreign server alone writes', () => {
    const log = ringBinlog();
    expect(only({ 'b/mysql-bin.000001': log })).toMatchObject({
      severity: 'medium',
      confidence: 'possible',
    });
    const alone = binaryLog({ serverId: 2 });
    times(40, (i) => write(alone, lap('content', i)));
    expect(findings({ 'b/mysql-bin.000001': alone })).toEqual([]);
  });
});

describe('how many laps', () => {
  test.each([
    ['mariadb-gtid', 2, 'medium', 'possible'],
    ['mariadb-gtid', 3, 'medium', 'possible'],
    ['mariadb-gtid', 4, 'critical', 'proven'],
    ['content', 11, 'critical', 'proven'],
    ['content', 2, null, null],
  ] as const)('in a ring, by %s: %i', (proof, laps, severity, confidence) => {
    const [one] = findings({ 'b/relay-bin.000002': ringRelay({ proof, laps }) });
    expect([one?.found.severity ?? null, one?.found.confidence ?? null]).toEqual([
      severity,
      confidence,
    ]);
  });

  test('a range fetched again is not counted', () => {
    const first = ringRelay({ proof: 'mariadb-gtid', laps: 12 });
    const again = new RelayLog({ version: VERSION.mariadb }).connect({ position: 700 });
    again.write(single('mariadb-gtid', 0, { serverId: 1, at: START })).hole();
    times(20, (i) => again.write(lap('mariadb-gtid', i)));
    const files = {
      'b/relay-bin.000002': first.rotate('relay-bin.000003'),
      'b/relay-bin.000003': again,
    };
    expect(facts(files)).toMatchObject({ laps: 20 });
    expect(only(files).excluded).toContainEqual({
      trap: 'range fetched twice',
      why: '12 copies with a primary position seen before are not counted',
    });
  });
});
