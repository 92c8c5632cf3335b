import { describe, expect, test } from 'vitest';
import { rules } from '../../src/rules/index.ts';
import { VERSION } from '../support/relay-log.ts';
import { fixOf, foundOf, placeOf, type Received, received, replica } from '../support/replica.ts';
import { infoTables } from '../support/replica-text.ts';
import { type Files, outcomeOf, reportOf } from '../support/scan-bytes.ts';
import { index, type WorkerInfo, workerInfo } from '../support/status-files.ts';
import { vertical } from '../support/status-output.ts';

const RULE = 'applier-gap';

interface Case {
  readonly of?: Received;
  /** Everything up to this transaction is applied. */
  readonly executed?: number;
  readonly workers: ReadonlyArray<
    Omit<WorkerInfo, 'last' | 'checkpoint'> & {
      readonly last: number;
      readonly checkpoint?: number;
    }
  >;
  readonly stopped?: boolean;
  readonly autoPosition?: boolean;
  readonly more?: Files;
}

/** Ten transactions in a relay log, and workers that applied some of them. */
const files = ({
  of = received(10),
  executed = 2,
  workers,
  stopped = true,
  autoPosition = false,
  more = {},
}: Case): Files => {
  const at = (i: number) => placeOf(of, i);
  const info = { ...at(executed), workers: workers.length };
  const made = workers.map(({ last, checkpoint = executed, ...rest }, i) => [
    `r/worker-relay-log.info.${i + 1}`,
    workerInfo({ id: i + 1, last: at(last), checkpoint: at(checkpoint), ...rest }),
  ]);
  if (stopped) of.relay.stop();
  return {
    ...replica(of.relay, { info, master: { ...at(10), autoPosition } }),
    ...Object.fromEntries(made),
    ...more,
  };
};

/** The third is not applied; the fourth and fifth are. */
const GAP: Case['workers'] = [
  { last: 4, applied: [1] },
  { last: 5, applied: [2] },
];

/** The same from `mysql.slave_worker_info`: `bitmap` as the client prints 64 bytes. */
const table = (bitmap: (applied: number) => string): Files => {
  const of = received(10);
  const row = (id: number, last: number, applied: number): string =>
    vertical({
      Id: id,
      Relay_log_name: './relay-bin.000002',
      Relay_log_pos: placeOf(of, last).offset,
      Master_log_name: 'mysql-bin.000001',
      Master_log_pos: placeOf(of, last).position,
      Checkpoint_relay_log_name: './relay-bin.000002',
      Checkpoint_relay_log_pos: placeOf(of, 2).offset,
      Checkpoint_master_log_name: 'mysql-bin.000001',
      Checkpoint_master_log_pos: placeOf(of, 2).position,
      Checkpoint_seqno: applied,
      Checkpoint_group_size: 64,
      Checkpoint_group_bitmap: bitmap(applied),
      Channel_name: '',
    });
  const { master, relay } = infoTables({ ...placeOf(of, 2), read: placeOf(of, 10).position });
  return {
    'r/relay-bin.000002': of.relay,
    'r/slave_master_info.txt': master,
    'r/slave_relay_log_info.txt': relay.replace(/(Number_of_workers: )0/, '$12'),
    'r/slave_worker_info.txt': `${row(1, 4, 1)}${row(2, 5, 2)}`,
  };
};

describe('found', () => {
  test('by the rows of the workers in a table: low, since a text is of another moment', () => {
    const hex = table((bit) => `0x${(1 << bit).toString(16).padStart(2, '0').padEnd(128, '0')}`);
    expect(foundOf(RULE, hex)).toMatchObject({
      severity: 'low',
      facts: { unapplied: 1, between: 3, workersAhead: 2 },
      at: [{ path: 'r/slave_worker_info.txt', field: 'groupSourceLogPos' }, {}, {}],
    });
    expect(fixOf(RULE, hex).run.find((run) => run.startsWith('cp '))).not.toContain('worker');
  });

  test('not by rows whose bits a text has lost: they are asked for in hex', () => {
    expect(
      outcomeOf(
        RULE,
        table(() => '??'),
      ),
    ).toMatchObject({
      status: 'not-assessed',
      missing: [expect.stringContaining('mysql --binary-as-hex')],
    });
  });

  test('the files of the workers are copied before anything is changed', () => {
    const { run } = fixOf(RULE, files({ workers: GAP }));
    expect(run.find((one) => one.startsWith('cp '))).toContain('/worker-relay-log*.info.*');
  });

  test('the server was stopped in order with a gap: high, proven', () => {
    expect(foundOf(RULE, files({ workers: GAP }))).toMatchObject({
      severity: 'high',
      confidence: 'proven',
      facts: { unapplied: 1, between: 3, workersAhead: 2, stood: true },
      at: [
        { path: 'r/worker-relay-log.info.1', field: 'groupSourceLogPos' },
        { path: 'r/worker-relay-log.info.2' },
        { path: 'r/relay-log.info', field: 'sourceLogPos' },
      ],
    });
  });

  test('a running server looks the same: low, possible', () => {
    expect(foundOf(RULE, files({ workers: GAP, stopped: false }))).toMatchObject({
      severity: 'low',
      confidence: 'possible',
      facts: { stood: null },
    });
  });

  test('with auto-position GTIDs know what is missing: low', () => {
    expect(foundOf(RULE, files({ workers: GAP, autoPosition: true }))).toMatchObject({
      severity: 'low',
    });
  });

  test('workers with different checkpoints are numbered by the relay log', () => {
    const workers = [
      { last: 4, checkpoint: 1, applied: [0, 2] },
      { last: 6, checkpoint: 2, applied: [2, 3] },
    ];
    expect(foundOf(RULE, files({ workers }))).toMatchObject({
      facts: { unapplied: 1, between: 4 },
    });
  });
});

describe('clear', () => {
  test.each<[string, Case]>([
    [
      'all in between is applied: only the checkpoint lags',
      {
        workers: [
          { last: 4, applied: [0, 1] },
          { last: 5, applied: [2] },
        ],
      },
    ],
    [
      'no worker is ahead',
      {
        workers: [
          { last: 1, checkpoint: 0, applied: [0] },
          { last: 2, checkpoint: 0, applied: [1] },
        ],
      },
    ],
    [
      'a file of a worker that is no more',
      {
        workers: [
          { last: 4, applied: [0, 1] },
          { last: 1, checkpoint: 0, applied: [0] },
        ],
      },
    ],
  ])('%s', (_name, one) => {
    expect(outcomeOf(RULE, files(one)).status).toBe('clear');
  });

  test('one thread leaves no gaps', () => {
    expect(outcomeOf(RULE, files({ workers: [] })).status).toBe('clear');
  });
});

describe('not assessed', () => {
  test('without relay-log.info', () => {
    const { 'r/relay-log.info': _info, ...rest } = files({ workers: GAP });
    expect(outcomeOf(RULE, rest).status).toBe('not-assessed');
  });

  test('a parallel applier whose workers are not told', () => {
    const all = files({ workers: GAP });
    const { 'r/worker-relay-log.info.1': _a, 'r/worker-relay-log.info.2': _b, ...rest } = all;
    expect(outcomeOf(RULE, rest)).toMatchObject({
      status: 'not-assessed',
      missing: [expect.stringContaining('worker-relay-log.info')],
    });
  });

  test('a bitmap that is cut', () => {
    const all = files({ workers: GAP });
    const cut = (all['r/worker-relay-log.info.2'] as Buffer).subarray(0, -30);
    expect(outcomeOf(RULE, { ...all, 'r/worker-relay-log.info.2': cut }).status).toBe(
      'not-assessed',
    );
  });

  test('worker files of different checkpoints, and no relay log that goes back so far', () => {
    const of = received(10);
    const workers = [
      { last: 4, checkpoint: 1, applied: [0, 2] },
      { last: 6, checkpoint: 2, applied: [2, 3] },
    ];
    const all = files({ of, workers });
    const later = received(3, { position: 100_000 }).relay;
    expect(outcomeOf(RULE, { ...all, 'r/relay-bin.000002': later }).status).toBe('not-assessed');
  });
});

describe('the repair', () => {
  test('fills the gaps from the relay logs before anything else', () => {
    expect(fixOf(RULE, files({ workers: GAP }))).toMatchObject({
      withheld: null,
      run: [
        'SHOW SLAVE STATUS\\G',
        expect.stringMatching(/^cp -a /),
        'START SLAVE UNTIL SQL_AFTER_MTS_GAPS;',
        'SHOW SLAVE STATUS\\G',
        'START SLAVE;',
      ],
    });
  });

  test('in the words of the version', () => {
    const of = received(10, { version: VERSION.mysql8030 });
    expect(fixOf(RULE, files({ of, workers: GAP })).run).toContain(
      'START REPLICA UNTIL SQL_AFTER_MTS_GAPS;',
    );
  });

  test('withheld where a relay log is damaged or gone', () => {
    const all = files({ workers: GAP });
    const bytes = (all['r/relay-bin.000002'] as Received['relay']).bytes();
    bytes[bytes.length - 60] = (bytes[bytes.length - 60] ?? 0) ^ 1;
    expect(fixOf(RULE, { ...all, 'r/relay-bin.000002': bytes })).toMatchObject({
      run: [],
      withheld: expect.stringContaining('damaged'),
    });
    const named = {
      ...all,
      'r/relay-bin.index': index('relay-bin.000002', 'relay-bin.000003', 'relay-bin.000004'),
      'r/relay-bin.000004': received(1, { position: 9000 }).relay.stop(),
    };
    expect(fixOf(RULE, named)).toMatchObject({
      run: [],
      withheld: expect.stringContaining('relay-bin.000003'),
    });
  });

  test('no CHANGE of any finding comes before it', async () => {
    const all = files({ workers: GAP });
    const bytes = (all['r/relay-bin.000002'] as Received['relay']).bytes();
    bytes[bytes.length - 60] = (bytes[bytes.length - 60] ?? 0) ^ 1;
    const { plan, planWithheld } = await reportOf(
      { ...all, 'r/relay-bin.000002': bytes },
      { rules },
    );
    expect(plan.filter(({ run }) => run.startsWith('CHANGE'))).toEqual([]);
    expect(planWithheld).toContain('fill the gaps first');
  });
});
