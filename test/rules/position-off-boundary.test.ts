import { describe, expect, test } from 'vitest';
import { patched } from '../support/build-log.ts';
import { fixOf, foundOf, placeOf, received, replica } from '../support/replica.ts';
import { outcomeOf } from '../support/scan-bytes.ts';

const RULE = 'position-off-boundary';
const ten = received(10);
const at = (i: number) => placeOf(ten, i);
const pointing = (offset: number) =>
  replica(ten.relay, { info: { offset, position: at(4).position }, master: at(10) });

test('into an event: proven, and the source position, which ends a transaction, is the way out', () => {
  const files = pointing(at(4).offset - 7);
  expect(foundOf(RULE, files)).toMatchObject({
    severity: 'high',
    confidence: 'proven',
    facts: { insideOf: 'event', eventEnds: at(4).offset },
  });
  expect(fixOf(RULE, files).run).toContain(
    `CHANGE MASTER TO MASTER_LOG_FILE = 'mysql-bin.000001', MASTER_LOG_POS = ${at(4).position};`,
  );
});

test('into a transaction, at the begin of an event', () => {
  const { offset } = ten.relay.log.events.find((event) => event.offset > at(3).offset) ?? at(0);
  expect(foundOf(RULE, pointing(offset))).toMatchObject({
    confidence: 'likely',
    facts: { insideOf: 'transaction', eventBegins: null },
  });
});

test('withheld where the source position is no end of a transaction either', () => {
  const offset = at(4).offset - 7;
  const info = { offset, position: at(4).position - 3 };
  expect(fixOf(RULE, replica(ten.relay, { info, master: at(10) }))).toMatchObject({
    run: [],
    withheld: expect.stringContaining('inside an event'),
  });
});

describe('clear', () => {
  test.each([
    ['between transactions', at(4).offset],
    ['at 4', 4],
    ['at the end', at(10).offset],
    ['behind the end of an earlier copy', at(10).offset + 300],
  ])('%s', (_name, offset) => {
    expect(outcomeOf(RULE, pointing(offset)).status).toBe('clear');
  });

  test('inside bytes that are damaged: another rule tells', () => {
    const bytes = patched(ten.relay.bytes(), at(4).offset - 20, 0xff, 0xff);
    const files = { ...pointing(at(4).offset - 7), 'r/relay-bin.000002': bytes };
    expect(outcomeOf(RULE, files).status).toBe('clear');
  });
});

test('not assessed without relay-log.info', () => {
  expect(outcomeOf(RULE, replica(ten.relay, {}))).toMatchObject({
    status: 'not-assessed',
    missing: [expect.stringContaining('relay-log.info')],
  });
});
