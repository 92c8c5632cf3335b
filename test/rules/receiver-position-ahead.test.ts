import { describe, expect, test } from 'vitest';
import { binaryLog, times, write } from '../support/relay-log.ts';
import { fixOf, foundOf, placeOf, received, replica, transaction } from '../support/replica.ts';
import { type Files, outcomeOf } from '../support/scan-bytes.ts';

describe('receiver-position-ahead', () => {
  const RULE = 'receiver-position-ahead';
  const cut = (read: number): Files => {
    const ten = received(3);
    ten.relay.write(transaction(9, { open: true }));
    return replica(ten.relay, {
      info: placeOf(ten, 2),
      master: { position: ten.relay.position + read },
    });
  };

  test('the relay log ends inside a transaction whose rest was counted as read', () => {
    const files = cut(400);
    expect(foundOf(RULE, files)).toMatchObject({ severity: 'high', facts: { missingBytes: 400 } });
    const ten = received(3);
    expect(fixOf(RULE, files).run).toContain(
      `CHANGE MASTER TO MASTER_LOG_FILE = 'mysql-bin.000001', MASTER_LOG_POS = ${placeOf(ten, 2).position};`,
    );
  });

  test('clear where it ends there because it was copied so, or behind dropped events', () => {
    expect(outcomeOf(RULE, cut(0)).status).toBe('clear');
    const ten = received(3);
    const master = { position: ten.relay.position + 400, ignore: [3] };
    expect(outcomeOf(RULE, replica(ten.relay, { info: placeOf(ten, 3), master })).status).toBe(
      'clear',
    );
  });

  test('clear for a connection that was never started, and where GTIDs decide', () => {
    const ten = received(3);
    ten.relay.write(transaction(9, { open: true }));
    const position = ten.relay.position + 400;
    for (const master of [
      { file: '', position: 4 },
      { position, autoPosition: true },
    ]) {
      expect(outcomeOf(RULE, replica(ten.relay, { master })).status).not.toBe('found');
    }
  });

  test('not assessed without master.info', () => {
    expect(outcomeOf(RULE, replica(received(3).relay, { master: null }))).toMatchObject({
      status: 'not-assessed',
      missing: [expect.stringContaining('master.info')],
    });
  });

  describe('a whole relay log, and the source’s log beside it', () => {
    /** Of five transactions of the source three are in the relay log; master.info counts all as read. */
    const passedOver = (
      serverId: number,
      { stopped = true, ignore = [] as number[] } = {},
    ): Files => {
      const log = binaryLog({ serverId: 1 });
      const three = received(3, { position: log.length });
      times(3, (i) => write(log, transaction(i)));
      times(2, (i) => write(log, transaction(10 + i, { serverId })));
      if (stopped) three.relay.stop();
      return replica(
        three.relay,
        { info: placeOf(three, 3), master: { position: log.length, ignore } },
        { 's/mysql-bin.000001': log },
      );
    };

    test('transactions that the replica does not drop are missing', () => {
      expect(foundOf(RULE, passedOver(1))).toMatchObject({
        severity: 'high',
        confidence: 'likely',
        summary: expect.stringContaining('2 transactions of the master among them'),
      });
      expect(fixOf(RULE, passedOver(1)).run).toContainEqual(
        expect.stringMatching(/^CHANGE MASTER TO MASTER_LOG_FILE = 'mysql-bin.000001'/),
      );
    });

    test('low, and no statement, where it may be a copy of a running server', () => {
      expect(foundOf(RULE, passedOver(1, { stopped: false }))).toMatchObject({
        severity: 'low',
        confidence: 'possible',
      });
    });

    test('clear where the replica drops them: its own, and those of ignored ids', () => {
      expect(outcomeOf(RULE, passedOver(2)).status).toBe('clear');
      expect(outcomeOf(RULE, passedOver(7, { ignore: [7] })).status).toBe('clear');
    });
  });
});
