import { expect } from 'vitest';
import { expectHealed, findingOf } from '../healed.ts';
import { caughtUp, errorsOf } from '../replica-status.ts';
import { scenario } from '../scenario.ts';
import { session } from '../session.ts';
import { expectEqualTables } from '../tables.ts';
import { pair, writeOrders } from '../topologies.ts';
import { until } from '../until.ts';

const RULE = { rule: 'apply-error' };

scenario(
  'the row that a foreign key asks for is missing on the replica: told, and with it brought it goes on',
  async (lab) => {
    const [source, replica] = await pair(lab, { options: ['--binlog-format=ROW'] });
    source.sql(
      'CREATE TABLE app.parents (id INT PRIMARY KEY) ENGINE=InnoDB; CREATE TABLE app.children (id INT PRIMARY KEY, parent INT, FOREIGN KEY (parent) REFERENCES app.parents (id)) ENGINE=InnoDB; INSERT INTO app.parents VALUES (1), (2)',
    );
    await caughtUp(replica, source);
    replica.sql('SET sql_log_bin = 0; DELETE FROM app.parents WHERE id = 2');
    source.sql('INSERT INTO app.children VALUES (10, 2)');
    await until('the applier fails', () => errorsOf(replica)[1] !== 0);
    expect(errorsOf(replica)[1]).toBe(1452);
    const finding = findingOf(lab.scan([source, replica]), 'apply-error');
    expect(finding).toMatchObject({ severity: 'critical', facts: { class: 'parent-missing' } });
    expect(finding?.fix).toMatchObject({ steps: [], alternatives: [] });
    replica.sql('SET sql_log_bin = 0; INSERT INTO app.parents VALUES (2)');
    replica.sql(replica.words().startApplier);
    await caughtUp(replica, source);
    expectEqualTables(source, replica);
    await expectHealed(lab, source, replica);
  },
  RULE,
);

scenario(
  'a transaction on the replica holds a row for too long: told, its holder shown by the statement as printed, and a start goes on',
  async (lab, { name }) => {
    const [source, replica] = await pair(lab, { options: ['--innodb-lock-wait-timeout=3'] });
    writeOrders(source, 1, 3);
    await caughtUp(replica, source);
    const retries = name === 'mysql' ? 'replica_transaction_retries' : 'slave_transaction_retries';
    replica.sql(`SET GLOBAL ${retries} = 0`);
    const holder = session(
      replica,
      'SET sql_log_bin = 0; BEGIN; SELECT * FROM app.orders FOR UPDATE; SELECT SLEEP(12); ROLLBACK;',
    );
    await until('the rows are held', () =>
      /SLEEP/.test(
        replica.sql(
          'SELECT info FROM information_schema.processlist WHERE info LIKE "SELECT SLEEP%"',
        ),
      ),
    );
    source.sql("UPDATE app.orders SET w = 'changed' WHERE id = 2");
    await until('the applier fails', () => errorsOf(replica)[1] !== 0);
    expect(errorsOf(replica)[1]).toBe(1205);
    const report = lab.scan([source, replica]);
    const finding = findingOf(report, 'apply-error');
    expect(finding).toMatchObject({ severity: 'critical', facts: { class: 'lock' } });
    const [, statement] = /: (SELECT .*\\G)$/.exec(finding?.fix?.withheld ?? '') ?? [];
    expect(statement).toBeDefined();
    replica.sql(replica.words().startApplier);
    await until('it waits again', () => replica.show(statement ?? '').includes('1. row'), 3);
    await holder;
    await until('the applier fails again or goes on', () => {
      const [, code] = errorsOf(replica);
      if (code !== 0) replica.sql(replica.words().startApplier);
      return code === 0;
    });
    await caughtUp(replica, source);
    expectEqualTables(source, replica);
  },
  RULE,
);
