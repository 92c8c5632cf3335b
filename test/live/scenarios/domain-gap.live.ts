import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { findingOf } from '../healed.ts';
import type { LiveServer } from '../live-server.ts';
import { caughtUp } from '../replica-status.ts';
import { scenario } from '../scenario.ts';
import { byGtid, pair, writeOrders } from '../topologies.ts';

/** Beside its logs: it alone says that nothing is filtered. */
const keepStatus = (replica: LiveServer): void =>
  writeFileSync(join(replica.datadir, 'slave-status.txt'), replica.show('SHOW SLAVE STATUS\\G'));

const MARIADB_ONLY = {
  rule: 'gtid-gap',
  not: {
    mysql: 'numbers its transactions by server',
    'mysql-5.6': 'the same',
    'mysql-5.7': 'the same',
  },
};

scenario(
  'MariaDB: gtid_slave_pos is set to more than the replica has, and what it lacks is named',
  async (lab, driver) => {
    const [source, replica] = await pair(lab, byGtid(driver));
    writeOrders(source, 1, 3);
    await caughtUp(replica, source);
    keepStatus(replica);
    expect(findingOf(lab.scan([source, replica]), 'gtid-gap')).toBeUndefined();
    const { stop, start } = replica.words();
    replica.sql(stop);
    writeOrders(source, 4, 3);
    const position = source.sql('SELECT @@gtid_binlog_pos').trim();
    replica.sql(`SET GLOBAL gtid_slave_pos = '${position}'`);
    replica.sql(start);
    writeOrders(source, 7, 3);
    await caughtUp(replica, source);
    keepStatus(replica);
    const finding = findingOf(lab.scan([source, replica]), 'gtid-gap');
    expect(finding).toMatchObject({
      severity: 'medium',
      confidence: 'possible',
      facts: { transactions: 3, countedAsExecuted: true },
    });
    expect(finding?.evidence.some(({ gtid }) => gtid === position)).toBe(true);
    expect(finding?.fix?.steps).toEqual([]);
  },
  MARIADB_ONLY,
);

scenario(
  'MariaDB: put on a sibling at a place too new by file and position, and what it lacks is named',
  async (lab) => {
    const [source, sibling] = await pair(lab);
    const [replica] = await lab.servers([13]);
    if (!replica) throw new Error('no third server');
    replica.follow(source);
    writeOrders(source, 1, 3);
    await caughtUp(replica, source);
    const { stop } = replica.words();
    replica.sql(stop);
    writeOrders(source, 4, 2);
    await caughtUp(sibling, source);
    await source.stop();
    sibling.sql(sibling.words().stop);
    sibling.sql('RESET SLAVE ALL');
    const [file, at] = sibling.sql('SHOW MASTER STATUS').trim().split('\t');
    replica.sql('RESET SLAVE ALL');
    replica.follow(sibling, { SOURCE_LOG_FILE: file ?? '', SOURCE_LOG_POS: Number(at) });
    writeOrders(sibling, 6, 3);
    await caughtUp(replica, sibling);
    keepStatus(replica);
    const finding = findingOf(lab.scan([sibling, replica]), 'gtid-gap');
    expect(finding).toMatchObject({
      severity: 'medium',
      facts: { transactions: 2, source: 12, countedAsExecuted: false },
    });
  },
  MARIADB_ONLY,
);
