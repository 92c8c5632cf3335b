import { expect, test } from 'vitest';
import type { LogBuilder } from '../support/build-log.ts';
import { binaryLog, RelayLog, START, VERSION, write } from '../support/relay-log.ts';
import { fixOf, foundOf } from '../support/replica.ts';
import { type Files, outcomeOf } from '../support/scan-bytes.ts';
import { mariadbMasterInfo } from '../support/status-files.ts';
import { slaveStatus } from '../support/thread-lines.ts';

const RULE = 'gtid-gap';
const version = VERSION.mariadb;

/** Server id and sequence number. */
type Written = readonly [serverId: number, sequence: number];

const range = (from: number, to: number, writer = 1): Written[] =>
  Array.from({ length: to - from + 1 }, (_, i) => [writer, from + i] as const);

const logOf = (serverId: number, written: readonly Written[]): LogBuilder => {
  const log = binaryLog({ serverId, version });
  for (const [writer, sequence] of written)
    write(log, { serverId: writer, sequence, at: START + sequence });
  return log;
};

const FILTERS = {
  Replicate_Do_DB: '',
  Replicate_Ignore_DB: '',
  Replicate_Do_Table: '',
  Replicate_Ignore_Table: '',
  Replicate_Wild_Do_Table: '',
  Replicate_Wild_Ignore_Table: '',
};
const status = (more: Readonly<Record<string, string>> = {}): string =>
  slaveStatus({
    ...FILTERS,
    Using_Gtid: 'Slave_Pos',
    Gtid_IO_Pos: '0-1-12',
    Master_Server_Id: '1',
    ...more,
  });

const relayed = (written: readonly Written[]): RelayLog => {
  const relay = new RelayLog({ version }).connect({ position: 700 });
  for (const [, sequence] of written) relay.write({ sequence, at: START + sequence });
  return relay;
};

interface Given {
  readonly source?: readonly Written[];
  readonly own?: readonly Written[];
  readonly received?: readonly Written[];
  readonly text?: string | null;
  readonly more?: Files;
}

const files = ({
  source = range(1, 12),
  own = [...range(1, 4), ...range(8, 12)],
  received = range(8, 12),
  text = status(),
  more = {},
}: Given = {}): Files => ({
  's/mysql-bin.000001': logOf(1, source),
  'r/replica-bin.000001': logOf(2, own),
  'r/relay-bin.000001': relayed(received),
  'r/master.info': mariadbMasterInfo({ usingGtid: 'slave_pos' }),
  ...(text === null ? {} : { 'r/status.txt': text }),
  ...more,
});

const nothing = (given: Given): void =>
  expect(outcomeOf(RULE, files(given)).status).not.toBe('found');

test('the source has what stands in no log of the replica, which logged what lies around it', () => {
  const found = foundOf(RULE, files());
  expect(found).toMatchObject({
    severity: 'medium',
    confidence: 'possible',
    facts: { missing: '0-1-5 to 7', transactions: 3, source: 1, countedAsExecuted: true },
  });
  expect(found.at.map(({ gtid }) => gtid)).toEqual(['0-1-4', '0-1-8', '0-1-5', '0-1-6', '0-1-7']);
  expect(fixOf(RULE, files())).toMatchObject({
    run: [],
    withheld: expect.stringContaining('Never set gtid_slave_pos back'),
  });
});

test('put on a sibling at a place too new, which goes on in the same domain', () => {
  const source = [...range(1, 7, 9), ...range(8, 12)];
  const own = [...range(1, 4, 9), ...range(8, 12)];
  const more = { 'r/master.info': mariadbMasterInfo({ usingGtid: 'no' }) };
  expect(
    foundOf(RULE, files({ source, own, more, text: status({ Using_Gtid: 'No' }) })),
  ).toMatchObject({
    facts: { missing: '0-9-5 to 7', transactions: 3, countedAsExecuted: false },
  });
});

test('clear where nothing is missing', () => {
  expect(outcomeOf(RULE, files({ own: range(1, 12) })).status).toBe('clear');
});

test('not assessed without a status, which alone says that nothing is filtered', () => {
  expect(outcomeOf(RULE, files({ text: null }))).toMatchObject({ status: 'not-assessed' });
});

test.each<[string, Given]>([
  ['a filter', { text: status({ Replicate_Wild_Ignore_Table: 'log.%' }) }],
  [
    'ignored domains',
    {
      text: status({ Replicate_Ignore_Domain_Ids: '0' }),
      more: {
        'r/master.info': mariadbMasterInfo({ usingGtid: 'slave_pos' }).replace(
          'ignore_domain_ids=0',
          'ignore_domain_ids=1 0',
        ),
      },
    },
  ],
  [
    'an ignored server',
    { more: { 'r/master.info': mariadbMasterInfo({ usingGtid: 'slave_pos', ignore: [1] }) } },
  ],
  ['numbers that the source does not have either', { source: [...range(1, 4), ...range(8, 12)] }],
  ['numbers of which the source has some', { source: [...range(1, 5), ...range(8, 12)] }],
  ['what was received, and is applied later', { received: range(5, 12) }],
  [
    'several holes, as filters leave them',
    { own: [...range(1, 2), ...range(4, 6), ...range(8, 12)], received: range(12, 12) },
  ],
  [
    'writes of the replica itself in that domain',
    { own: [...range(1, 4), [2, 5], ...range(8, 12)] },
  ],
  ['what is still to come', { own: range(1, 4), received: [] }],
  ['an own log that begins behind them', { own: range(8, 12) }],
])('is not taken for a loss: %s', (_, given) => {
  nothing(given);
});

test('log_slave_updates may have been off between two own logs', () => {
  nothing({ own: range(1, 4), more: { 'r/replica-bin.000002': logOf(2, range(8, 12)) } });
});
