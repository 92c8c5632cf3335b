import { expect, test } from 'vitest';
import { RelayLog, VERSION } from '../support/relay-log.ts';
import { replicaStatusText } from '../support/replica-text.ts';
import { outcomeOf } from '../support/scan-bytes.ts';

const bringOf = (rule: string, version: string, more: Readonly<Record<string, string>> = {}) => {
  const outcome = outcomeOf(rule, {
    'r/relay-bin.000002': new RelayLog({ version }).connect().write(),
    ...more,
  });
  return outcome.status === 'not-assessed' ? outcome.bring : outcome.status;
};

test.each<[string, string]>([
  [VERSION.mysql56, "mysql -e 'SHOW SLAVE STATUS\\G' > COPY/replica-status.txt"],
  [VERSION.mysql84, "mysql -e 'SHOW REPLICA STATUS\\G' > COPY/replica-status.txt"],
  [VERSION.mariadb, "mariadb -e 'SHOW ALL SLAVES STATUS\\G' > COPY/replica-status.txt"],
])('a status of %s, in its words', (version, command) => {
  expect(bringOf('misleading-lag-figure', version)).toBe(command);
});

test('a MariaDB from before its own client had the name is asked by the other one', () => {
  expect(bringOf('misleading-lag-figure', '10.3.39-MariaDB')).toMatch(/^mysql -e /);
});

test('an error log is named from the server’s own directory on', () => {
  expect(bringOf('packets-out-of-order', VERSION.mysql84)).toBe(
    '(cd DATADIR && cp "$(mysql -Nse \'SELECT @@log_error\')" COPY/)',
  );
});

test('positions: files where a server keeps them, texts where it does not', () => {
  expect(bringOf('position-mismatch', VERSION.mysql56)).toBe('cp -a DATADIR/relay-log*.info COPY/');
  expect(bringOf('position-mismatch', VERSION.mysql84)).toContain('mysql.slave_relay_log_info');
  expect(bringOf('receiver-position-behind', VERSION.mysql56)).toContain('master*.info');
  expect(bringOf('receiver-position-behind', VERSION.mysql84)).toBe(
    "with the replica stopped: mysql -e 'SHOW REPLICA STATUS\\G' > COPY/replica-status.txt",
  );
});

test('a status of a running replica tells no position: asked for again, never clear', () => {
  const running = { 'r/replica-status.txt': replicaStatusText({ position: 700 }) };
  expect(bringOf('receiver-position-behind', VERSION.mysql84, running)).toContain('stopped');
});
