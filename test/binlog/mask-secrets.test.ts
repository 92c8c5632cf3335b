import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskSecrets } from '../../src/binlog/query-text.ts';

test.each([
  ["CREATE USER 'u'@'h' IDENTIFIED BY 'pw'", "CREATE USER 'u'@'h' IDENTIFIED BY <masked>"],
  ["create user u identified\n\tby\n'pw'", 'create user u identified\n\tby\n<masked>'],
  ['CREATE USER u IDENTIFIED BY "p\'w"', 'CREATE USER u IDENTIFIED BY <masked>'],
  [
    "GRANT ALL ON *.* TO 'u' IDENTIFIED BY PASSWORD '*AB'",
    "GRANT ALL ON *.* TO 'u' IDENTIFIED BY PASSWORD <masked>",
  ],
  [
    "CREATE USER u IDENTIFIED WITH 'caching_sha2_password' AS '$A$005$x'",
    "CREATE USER u IDENTIFIED WITH 'caching_sha2_password' AS <masked>",
  ],
  ['CREATE USER u IDENTIFIED WITH p AS 0x2441', 'CREATE USER u IDENTIFIED WITH p AS <masked>'],
  ["CREATE USER u IDENTIFIED WITH p AS X'2441'", 'CREATE USER u IDENTIFIED WITH p AS <masked>'],
  [
    "ALTER USER u IDENTIFIED BY 'new' REPLACE 'old' RETAIN CURRENT PASSWORD",
    'ALTER USER u IDENTIFIED BY <masked> REPLACE <masked> RETAIN CURRENT PASSWORD',
  ],
  [
    "ALTER USER u IDENTIFIED VIA ed25519 USING PASSWORD('a') OR unix_socket USING 'b'",
    'ALTER USER u IDENTIFIED VIA ed25519 USING PASSWORD(<masked>) OR unix_socket USING <masked>',
  ],
  [
    "CREATE USER 'a' IDENTIFIED BY 'x', 'b'@'h' IDENTIFIED WITH p BY 'y' REQUIRE SUBJECT 's'",
    "CREATE USER 'a' IDENTIFIED BY <masked>, 'b'@'h' IDENTIFIED WITH p BY <masked> REQUIRE SUBJECT 's'",
  ],
  ["SET PASSWORD = 'pw'", 'SET PASSWORD = <masked>'],
  ["SET PASSWORD FOR 'u'@'h'='*AB'", "SET PASSWORD FOR 'u'@'h'=<masked>"],
  ["SET PASSWORD FOR `u`@`h` = PASSWORD('pw')", 'SET PASSWORD FOR `u`@`h` = PASSWORD(<masked>)'],
  ["SET PASSWORD FOR u TO 'pw' REPLACE 'old'", 'SET PASSWORD FOR u TO <masked> REPLACE <masked>'],
  [
    "CHANGE MASTER TO MASTER_HOST='h', MASTER_USER='u', MASTER_PASSWORD='pw', MASTER_PORT=1",
    "CHANGE MASTER TO MASTER_HOST='h', MASTER_USER='u', MASTER_PASSWORD=<masked>, MASTER_PORT=1",
  ],
  [
    "change replication source to source_password /* x */ = -- y\n 'pw'",
    'change replication source to source_password /* x */ = -- y\n <masked>',
  ],
  ["START REPLICA USER='u' PASSWORD='pw'", "START REPLICA USER='u' PASSWORD=<masked>"],
  [
    "CREATE SERVER s FOREIGN DATA WRAPPER mysql OPTIONS (USER 'u', PASSWORD 'pw', HOST 'h')",
    "CREATE SERVER s FOREIGN DATA WRAPPER mysql OPTIONS (USER 'u', PASSWORD <masked>, HOST 'h')",
  ],
  [
    "/*!50000 CREATE USER u IDENTIFIED BY */ 'pw'",
    '/*!50000 CREATE USER u IDENTIFIED BY */ <masked>',
  ],
  ["SET PASSWORD = 'a\\'b' , x = 'c'", "SET PASSWORD = <masked> , x = 'c'"],
  ["SET PASSWORD = 'a''b'", 'SET PASSWORD = <masked>'],
  ["SET PASSWORD = 'never closed; SELECT 1", 'SET PASSWORD = <masked>'],
  ["SET PASSWORD = 'a' 'b'", 'SET PASSWORD = <masked> <masked>'],
  ["SET PASSWORD = _utf8mb4 'a'", 'SET PASSWORD = _utf8mb4 <masked>'],
  ["SET GLOBAL my_plugin_password := 'x'", 'SET GLOBAL my_plugin_password := <masked>'],
  [
    "UPDATE mysql.user SET authentication_string='*AB' WHERE user='u'",
    'UPDATE mysql.user SET authentication_string=<masked> WHERE user=<masked>',
  ],
  [
    "INSERT INTO `mysql`.`user` VALUES ('h','u','*AB')",
    'INSERT INTO `mysql`.`user` VALUES (<masked>,<masked>,<masked>)',
  ],
  [
    "INSERT INTO t VALUES (AES_ENCRYPT('a', CONCAT('k', 1)), 'b')",
    "INSERT INTO t VALUES (AES_ENCRYPT(<masked>, CONCAT(<masked>, 1)), 'b')",
  ],
  [
    "CREATE TABLE t (a INT) ENGINE=FEDERATED CONNECTION='mysql://u:pw@h/d/t'",
    'CREATE TABLE t (a INT) ENGINE=FEDERATED CONNECTION=<masked>',
  ],
  [
    `CREATE TABLE t (a INT) ENGINE=SPIDER COMMENT='user "u", password "pw"'`,
    'CREATE TABLE t (a INT) ENGINE=SPIDER COMMENT=<masked>',
  ],
  ["PREPARE s FROM 'SET PASSWORD = ''pw'''", 'PREPARE s FROM <masked>'],
  ["PREPARE s FROM 'SET PASSWORD = \\'pw\\''", 'PREPARE s FROM <masked>'],
  ["SELECT 1 /* SET PASSWORD = 'pw' */ + 2", 'SELECT 1 <masked> + 2'],
  ["UPDATE t SET `password` = 'pw'", 'UPDATE t SET `password` = <masked>'],
])('%s', (sql, text) => {
  expect(maskSecrets(sql)).toEqual({ text, masked: true });
});

test.each([
  "INSERT INTO t VALUES ('a', 'b')",
  "CREATE TABLE t (id INT, password VARCHAR(36) DEFAULT 'x', name CHAR(1)) COMMENT 'passengers'",
  'ALTER USER u PASSWORD EXPIRE INTERVAL 90 DAY',
  'CREATE USER u IDENTIFIED BY RANDOM PASSWORD',
  "CREATE TABLE t (a INT) ENCRYPTION='Y'",
  "INSERT INTO users (password) VALUES ('x')",
  "UPDATE t SET note = 'the password is gone' WHERE a = 'mysql://h'",
  'BEGIN',
  '',
])('%s has nothing to mask', (sql) => {
  expect(maskSecrets(sql)).toEqual({ text: sql, masked: false });
});

test('under NO_BACKSLASH_ESCAPES a backslash does not keep a literal open', () => {
  const sql = "START SLAVE PASSWORD='a\\', USER='u', PASSWORD='b'";
  expect(maskSecrets(sql, false).text).toBe(
    "START SLAVE PASSWORD=<masked>, USER='u', PASSWORD=<masked>",
  );
});

test('a secret never shows, whatever stands around it', () => {
  const noise = fc.string({
    unit: fc.constantFrom(' ', '\n', '\t', ';', ',', '=', '(', ')', 'a', 'b'),
  });
  const gap = fc.constantFrom(' ', '\n', ' /* x */ ', ' -- x\n', '\t');
  fc.assert(
    fc.property(
      noise,
      gap,
      gap,
      fc.constantFrom("'", '"'),
      fc.string({ unit: fc.constantFrom('s', '\\\\', "\\'", '\\"', ' ', ';', '#', '--') }),
      (before, a, b, quote, inner) => {
        const sql = `${before} IDENTIFIED${a}BY${b}${quote}SECRET${inner}${quote} REQUIRE SSL`;
        const { text, masked } = maskSecrets(sql);
        expect(masked).toBe(true);
        expect(text).toBe(`${before} IDENTIFIED${a}BY${b}<masked> REQUIRE SSL`);
      },
    ),
  );
});

test('deep nesting neither overflows nor takes long', () => {
  const nested = `${'/*'.repeat(20_000)} password ${'"\''.repeat(20_000)}`;
  expect(maskSecrets(nested).text.length).toBeLessThanOrEqual(nested.length);
  expect(maskSecrets(`${"\\'".repeat(20_000)} password = 'x'`).masked).toBe(true);
});
