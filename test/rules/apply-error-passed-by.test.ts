import { expect, test } from 'vitest';
import {
  gtidBinlog,
  gtidRelay,
  replicaFiles,
  SOURCE,
  type Written,
} from '../support/gtid-servers.ts';
import { foundOf } from '../support/replica.ts';
import { type Files, outcomeOf } from '../support/scan-bytes.ts';
import { errorLog56, READY56 } from '../support/thread-lines.ts';

const RULE = 'apply-error';
const OWN = { serverId: 2 } as const;

/** The applier stopped before the first of three transactions; then its own log holds these. */
const stoppedThen = (...written: readonly Written[]): Files => ({
  ...replicaFiles(
    [gtidRelay({ written: [[`${SOURCE}:1-3`]] })],
    [gtidBinlog({ ...OWN, written })],
    {
      autoPosition: true,
    },
  ),
  'r/db.err': errorLog56(
    READY56,
    [
      10,
      "[ERROR] Slave SQL: Error 'Duplicate entry '1' for key 'PRIMARY'' on query. Default database: 'shop'. Query: 'INSERT INTO orders VALUES (1)', Error_code: 1062",
    ],
    [
      10,
      `[ERROR] Error running query, slave SQL thread aborted. Fix the problem, and restart the slave SQL thread with "SLAVE START". We stopped at log 'mysql-bin.000001' position 4`,
    ],
  ),
});

test('a transaction of this server under the GTID that failed: passed by, and its changes are missing', () => {
  const files = stoppedThen([`${SOURCE}:1`, OWN], [`${SOURCE}:2-3`]);
  const found = foundOf(RULE, files);
  expect(found).toMatchObject({
    severity: 'medium',
    confidence: 'likely',
    facts: { passedBy: true, standing: 'over', gtid: null },
  });
  expect(found.title).toContain('passed by: its changes are missing here');
  expect(found.at.map(({ text }) => text)).toContain(
    'in its place, under the same GTID, written on this server itself',
  );
  const outcome = outcomeOf(RULE, files);
  expect(outcome.status === 'found' ? outcome.findings[0]?.fix : null).toMatchObject({
    steps: [],
    withheld: expect.stringContaining('sql_log_bin=0'),
  });
});

test.each([
  ['the applier committed it after all', stoppedThen([`${SOURCE}:1-3`])],
  ['another one has its own id', stoppedThen([`${SOURCE}:2`, OWN])],
  ['nothing follows', stoppedThen()],
])('%s: not passed by', (_, files) => {
  expect(foundOf(RULE, files)).toMatchObject({ facts: { passedBy: false } });
});
