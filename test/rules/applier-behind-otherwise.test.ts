import { describe, expect, test } from 'vitest';
import { binaryLog, RelayLog, START, times, VERSION, write } from '../support/relay-log.ts';
import { fixOf, foundOf, type Place, replica, transaction } from '../support/replica.ts';
import { type Files, outcomeOf } from '../support/scan-bytes.ts';

const RULE = 'applier-position-behind';

/** Statements, one a second, as the relay log has them. */
const statement = (i: number) => transaction(i, { at: START + i });

const relay = new RelayLog({ version: VERSION.mysql56 }).connect({ position: 700 });
const places: Place[] = [{ offset: relay.length, position: relay.position }];
times(10, (i) => {
  relay.write(statement(i));
  places.push({ offset: relay.length, position: relay.position });
});
const at = (i: number): Place => places[i] as Place;

/** The own log of a replica that logs rows: of the source’s ten only those in `same` look the same; others `shift`ed in time. */
const rows = (
  count: number,
  { same = [], shift = 0 }: { readonly same?: readonly number[]; readonly shift?: number } = {},
) => {
  const log = binaryLog({ serverId: 2, version: VERSION.mysql56 });
  times(count, (i) =>
    write(log, {
      ...statement(i),
      serverId: 1,
      ...(same.includes(i) ? {} : { rows: 'shop.orders', at: START + i + shift }),
    }),
  );
  return log;
};

const given = (recorded: number, binlog: ReturnType<typeof rows>): Files =>
  replica(relay, { info: at(recorded), master: at(10), binlog });

describe('the own log goes on in another form behind the last that both have', () => {
  const files = given(2, rows(9, { same: [0, 1, 2, 3, 4] }));

  test('what it has in common is applied at least, and the true position is not known', () => {
    const found = foundOf(RULE, files);
    expect(found).toMatchObject({
      severity: 'high',
      confidence: 'likely',
      title:
        'relay-log.info is behind what was applied: at least 3 transactions would be applied again',
      facts: { appliedTwice: 3, trueExecuted: null, truePosition: null },
    });
    expect(found.at.filter(({ path }) => path === 'r/replica-bin.000001')).toHaveLength(2);
  });

  test('no position is printed: the last common one is too early, and doubles rows', () => {
    const { run, withheld } = fixOf(RULE, files);
    expect(run).toEqual([]);
    expect(withheld).toContain('behind it 4 more of server 1');
  });

  test('behind what is recorded nothing is in common, but younger than all before it: possible', () => {
    const found = foundOf(RULE, given(4, rows(8, { same: [0, 1] })));
    expect(found).toMatchObject({
      severity: 'medium',
      confidence: 'possible',
      facts: { appliedTwice: 4, truePosition: null },
    });
    expect(fixOf(RULE, given(4, rows(8, { same: [0, 1] }))).run).toEqual([]);
  });
});

test('a record of which one place is wrong is not taken for true where the own log goes on behind it', () => {
  const mismatched = (binlog: ReturnType<typeof rows>): Files =>
    replica(relay, {
      info: { offset: at(3).offset, position: at(5).position },
      master: at(10),
      binlog,
    });
  const same = [0, 1, 2, 3, 4];
  const decided = (files: Files): string => foundOf('position-mismatch', files).summary;
  expect(decided(mismatched(rows(5, { same })))).toContain('own binary log ends');
  expect(decided(mismatched(rows(6, { same, shift: -5 })))).toContain(
    'No witness tells which is true',
  );
});

describe('nothing is said', () => {
  test.each<[string, Files]>([
    ['where the recorded position is as far', given(8, rows(8))],
    ['of one transaction, a hot copy', given(7, rows(8))],
    [
      'of times that the relay logs do not reach: clients that set their own',
      given(4, rows(5, { shift: 86_400 })),
    ],
  ])('%s', (_what, files) => {
    expect(outcomeOf(RULE, files)).toMatchObject({
      status: 'not-assessed',
      missing: [expect.stringContaining('in the same form')],
    });
  });
});

test('a large relay log of which the applied part is not kept: nothing is said', () => {
  const before = new RelayLog({ version: VERSION.mysql56, at: START - 60 }).connect({
    position: 700,
  });
  before.write(transaction(0, { at: START - 60 }));
  const large = new RelayLog({ version: VERSION.mysql56 }).connect({ position: before.position });
  const half: Place[] = [];
  times(5000, (i) => {
    if (i === 2000) half.push({ offset: large.length, position: large.position });
    large.write(statement(i));
  });
  const files = {
    'r/relay-bin.000001': before,
    ...replica(large, { info: half[0] ?? null, master: {}, binlog: rows(2000) }),
  };
  expect(outcomeOf(RULE, files).status).toBe('not-assessed');
});

test('where the own log ends with one that both have, it tells the position as ever', () => {
  expect(foundOf(RULE, given(2, rows(9, { same: [8] }))).facts).toMatchObject({
    truePosition: at(9).position,
    appliedTwice: 7,
  });
});
