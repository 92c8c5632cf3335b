import { expect, test } from 'vitest';
import { rules } from '../../src/rules/index.ts';
import { type Files, reportOf } from '../support/scan-bytes.ts';

const failing = (words: string): string => `Last_SQL_Errno: 1062\nLast_SQL_Error: ${words}\n`;
const log = (text: string): Files => ({ 'r/db.err': `110412 19:01:00 [ERROR] ${text}\n` });
const paste = (text: string): Files => ({ 'r/ticket.txt': text });

/** Nothing in these tells a version: statements are withheld, and words need not be. */
test.each<[string, Files, string]>([
  [
    'columns of SHOW SLAVE STATUS',
    paste(`Slave_IO_Running: Yes\nSlave_SQL_Running: No\n${failing('Duplicate entry')}`),
    'SQL thread',
  ],
  [
    'an error that speaks of a master',
    paste(
      failing(
        "Worker 1 failed executing transaction 'ANONYMOUS' at master log b.000004, end_log_pos 715",
      ),
    ),
    'SQL thread',
  ],
  [
    'an error log of a slave',
    log(
      "Slave SQL: Error 'Table 'a.b' doesn't exist' on query. Default database: 'a'. Query: 'insert into b values (1)', Error_code: 1146",
    ),
    'SQL thread',
  ],
  ['nothing', paste(failing('Duplicate entry')), 'applier'],
])('who speaks in these words is answered in them: %s', async (_name, files, thread) => {
  const { servers, verdict } = await reportOf(files, { rules });
  expect(servers.map(({ dialect }) => dialect)).toEqual([null]);
  expect(verdict).toContain(`The ${thread} stopped with error`);
});
