import { expect, test } from 'vitest';
import { RelayLog } from '../support/relay-log.ts';
import { fixOf, foundOf } from '../support/replica.ts';
import type { Files } from '../support/scan-bytes.ts';
import { masterInfo, relayLogInfo } from '../support/status-files.ts';
import { errorLog56, READY56 } from '../support/thread-lines.ts';

const RULE = 'apply-error';
const TABLE_ID = 108;

/** A relay log that ends inside a transaction of rows, and one that a connect at the end of its `kept` first rows began. */
const killed = (kept: number): { readonly files: Files; readonly ends: readonly number[] } => {
  const first = new RelayLog()
    .connect({ position: 700 })
    .write({ sql: 'INSERT INTO a VALUES (1)' });
  const place = { offset: first.length, position: first.position };
  first.events((log) => log.begin().tableMap('shop.orders', TABLE_ID));
  const ends = [first.position];
  for (const row of [1, 2, 3]) {
    first.events((log) => log.rows(TABLE_ID, [row]));
    ends.push(first.position);
  }
  const second = new RelayLog().connect({ position: ends[kept] ?? 0 });
  for (const row of [1, 2, 3, 4].slice(kept)) second.events((log) => log.rows(TABLE_ID, [row]));
  second.events((log) => log.xid(9));
  return {
    ends,
    files: {
      'r/relay-bin.000002': first,
      'r/relay-bin.000003': second,
      'r/relay-log.info': relayLogInfo(place),
      'r/master.info': masterInfo({ position: second.position }),
    },
  };
};

const failing = (files: Files, end: number): Files => ({
  ...files,
  'r/db.err': errorLog56(READY56, [
    10,
    `[ERROR] Slave SQL: Could not execute Write_rows event on table shop.orders; Duplicate entry '3' for key 'PRIMARY', Error_code: 1062; handler error HA_ERR_FOUND_DUPP_KEY; the event's master log mysql-bin.000001, end_log_pos ${end}, Error_code: 1062`,
  ]),
});

test('rows that a killed receiver fetched again, into the same transaction: told, and all of it is fetched anew', () => {
  const { files, ends } = killed(2);
  const said = failing(files, ends[3] ?? 0);
  const found = foundOf(RULE, said);
  expect(found).toMatchObject({ severity: 'critical', facts: { class: 'refetched-part' } });
  expect(found.at.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['r/relay-bin.000002', 'r/relay-bin.000003']),
  );
  expect(fixOf(RULE, said).run).toContainEqual(expect.stringMatching(/^CHANGE MASTER .*_LOG_POS/));
});

test('a connect that takes the transaction up where it was left fetches nothing twice', () => {
  const { files, ends } = killed(3);
  const { position } = files['r/relay-bin.000003'] as RelayLog;
  expect(position).toBeGreaterThan(ends[3] ?? 0);
  const fourth = (ends[3] ?? 0) + (ends[3] ?? 0) - (ends[2] ?? 0);
  expect(foundOf(RULE, failing(files, fourth)).facts).not.toMatchObject({
    class: 'refetched-part',
  });
});

test('a row behind those that were fetched twice fails for another reason', () => {
  const { files, ends } = killed(2);
  const fourth = (ends[3] ?? 0) + (ends[3] ?? 0) - (ends[2] ?? 0);
  expect(foundOf(RULE, failing(files, fourth)).facts).not.toMatchObject({
    class: 'refetched-part',
  });
});
