import { expect, test } from 'vitest';
import { foundOf } from '../support/replica.ts';
import { outcomeOf } from '../support/scan-bytes.ts';
import { masterInfo } from '../support/status-files.ts';
import { CONNECTED, errorLog56, spoken } from '../support/thread-lines.ts';

const RULE = 'packets-out-of-order';

const aborted = (reason: string, database = 'shop', user = 'app'): string =>
  `[Warning] Aborted connection 77 to db: '${database}' user: '${user}' host: 'web1' (${reason})`;
const OUT = 'Got packets out of order';

test('low: counted, with who it was, and that it is not replication', () => {
  const log = errorLog56([5, CONNECTED], [10, aborted(OUT)], [100, aborted(OUT)]);
  expect(foundOf(RULE, spoken({ log }))).toMatchObject({
    severity: 'low',
    confidence: 'proven',
    summary: expect.stringContaining('Replication has no part in it'),
    facts: { lines: 2, clients: ['app@web1'], everySeconds: null },
  });
});

test('a job is told by its regular times', () => {
  const log = errorLog56(
    [5, CONNECTED],
    [10, aborted(OUT)],
    [310, aborted(OUT)],
    [612, aborted(OUT)],
  );
  expect(foundOf(RULE, spoken({ log })).facts).toMatchObject({ everySeconds: 301 });
});

test.each([['another reason', aborted('Got timeout reading communication packets')]])(
  'clear: %s',
  (_name, line) => {
    expect(outcomeOf(RULE, spoken({ log: errorLog56([5, CONNECTED], [10, line]) })).status).toBe(
      'clear',
    );
  },
);

test('a session without a database is a client’s, unless the replication account is its user', () => {
  const log = errorLog56([5, CONNECTED], [10, aborted(OUT, 'unconnected', 'repl')]);
  expect(outcomeOf(RULE, spoken({ log })).status).toBe('found');
  const files = { ...spoken({ log }), 'r/master.info': masterInfo() };
  expect(outcomeOf(RULE, files).status).toBe('clear');
  const dump =
    '[Note] Start binlog_dump to master_thread_id(7) slave_server(12), pos(mysql-bin.000001, 4)';
  const source = errorLog56([4, CONNECTED], [5, dump], [10, aborted(OUT, 'unconnected', 'repl')]);
  expect(outcomeOf(RULE, spoken({ log: source })).status).toBe('clear');
});

test('not assessed without an error log', () => {
  expect(outcomeOf(RULE, {}).status).toBe('not-assessed');
});
