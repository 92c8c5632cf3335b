import { describe, expect, test } from 'vitest';
import { fixOf, foundOf, logged, placeOf, received, replica } from '../support/replica.ts';
import { outcomeOf } from '../support/scan-bytes.ts';

const RULE = 'position-mismatch';
const ten = received(10);
const at = (i: number) => placeOf(ten, i);
const log = (i: number): string => `mysql-bin.000001:${at(i).position}`;
const pair = (relay: number, source: number) => ({
  offset: at(relay).offset,
  position: at(source).position,
});

describe.each([
  ['ahead', 3, 8],
  ['behind', 8, 3],
] as const)('the source position is %s of the relay position', (word, relay, source) => {
  const files = replica(ten.relay, { info: pair(relay, source), master: at(10) });

  test('without a witness both candidates are named, with what each would do', () => {
    const found = foundOf(RULE, files);
    expect(found).toMatchObject({
      severity: 'high',
      facts: {
        sourceRecorded: log(source),
        sourceAtRelayPosition: log(relay),
        differenceBytes: at(source).position - at(relay).position,
        witness: null,
        between: 5,
      },
    });
    expect(found.summary).toContain(`bytes ${word}`);
    expect(found.summary).toContain(
      `If ${log(8)} is true, resuming at ${log(3)} applies 5 transactions (ending at ${log(4)}, ${log(5)}, ${log(6)}, …) twice; if ${log(3)} is true, resuming at ${log(8)} loses them.`,
    );
  });

  test('and the repair is withheld', () => {
    expect(fixOf(RULE, files)).toMatchObject({
      run: [],
      withheld: expect.stringContaining('not certain'),
    });
  });

  test('the own binary log decides', () => {
    const witnessed = replica(ten.relay, {
      info: pair(relay, source),
      master: at(10),
      binlog: logged(9),
    });
    expect(foundOf(RULE, witnessed)).toMatchObject({ facts: { witness: 'own-binlog' } });
    expect(fixOf(RULE, witnessed).run).toContain(
      `CHANGE MASTER TO MASTER_LOG_FILE = 'mysql-bin.000001', MASTER_LOG_POS = ${at(9).position};`,
    );
  });
});

test('clear where both name one place', () => {
  const files = replica(ten.relay, { info: at(5), master: at(10) });
  expect(outcomeOf(RULE, files).status).toBe('clear');
});

test('not assessed without relay-log.info', () => {
  expect(outcomeOf(RULE, replica(ten.relay, { master: at(10) }))).toMatchObject({
    status: 'not-assessed',
    missing: [expect.stringContaining('relay-log.info')],
    bring: expect.stringContaining('relay-log*.info'),
  });
});
