import { expect, test } from 'vitest';
import { dialectLines } from '../../src/dialects/index.ts';

const withGtids = ['5.6', '5.7', '8.0', '8.0.23', '8.2', '8.3', '8.4'].map((one) => `mysql-${one}`);

test.each(dialectLines.map((line) => [line.name, line] as const))('%s', (name, { statements }) => {
  const all = () => [
    statements.commitEmpty('u:adhoc:1'),
    statements.automaticGtids(),
    statements.missingGtids("u:1-3'"),
  ];
  if (!withGtids.includes(name)) {
    expect(all).toThrow(RangeError);
    return;
  }
  expect(all()).toEqual([
    "SET GTID_NEXT = 'u:adhoc:1'; BEGIN; COMMIT;",
    "SET GTID_NEXT = 'AUTOMATIC';",
    "SELECT GTID_SUBTRACT('u:1-3''', @@GLOBAL.gtid_executed);",
  ]);
});
