import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rules } from '../../src/rules/index.ts';
import { LogBuilder } from '../support/build-log.ts';
import { mutate, mutations } from '../support/mutation.ts';
import { START, VERSION } from '../support/relay-log.ts';
import { reportOf } from '../support/scan-bytes.ts';
import { errorLog97 } from '../support/thread-lines.ts';
import { committed } from '../support/wide-rows.ts';

const RULES = rules.filter(({ id }) => id === 'apply-error');

/** Real logs of failed appliers; their checksums keep most of what befalls them from being read. */
const SAMPLES = ['local-insert-mariadb', 'local-insert-mysql-5.6', 'local-delete-mysql-9.7'];

const NAMES = [
  'db-rep/mysql-bin.000001',
  'db-rep/relay-bin.000002',
  'db-rep/server.err',
  'db-src/mysql-bin.000001',
];

const filesOf = (sample: string): Record<string, Buffer> =>
  Object.fromEntries(
    NAMES.map((name) => [
      name,
      readFileSync(join(import.meta.dirname, '../../samples', sample, 'files', name)),
    ]),
  );

test.each(SAMPLES)('%s: whatever befalls a log, the scan comes to its end', async (sample) => {
  const files = filesOf(sample);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(
        'db-rep/mysql-bin.000001',
        'db-rep/relay-bin.000002',
        'db-src/mysql-bin.000001',
      ),
      fc.array(mutations, { minLength: 1, maxLength: 3 }),
      async (name, befallen) => {
        const bytes = befallen.reduce(mutate, files[name] ?? Buffer.alloc(0));
        const { outcomes } = await reportOf({ ...files, [name]: bytes }, { rules: RULES });
        expect(outcomes.map(({ status }) => status)).toEqual(['found']);
      },
    ),
    { numRuns: 60, seed: 7 },
  );
});

test('logs without checksums, whose rows are read as they are', async () => {
  const format = { version: VERSION.mysql56, checksum: 'none' } as const;
  const own = new LogBuilder({ serverId: 2, at: START }).format({ ...format, flags: 1 });
  committed(own, { after: [6, 'here'], full: true });
  committed(own, { before: [6, 'here'], after: [7, 'there'] });
  const relay = new LogBuilder({ serverId: 2, at: START }).format({ ...format, flags: 0x40 });
  relay
    .from(1)
    .fakeRotate('mysql-bin.000001', 700)
    .format({ ...format, logPos: 0 })
    .sourceAt(700);
  const before = relay.events.length;
  committed(relay, { after: [6, 'of the source'], full: true });
  const group = relay.events.slice(before, -1);
  const failing = group.at(-1);
  const end = group.reduce((sum, { size }) => sum + size, 700);
  const files: Record<string, Buffer> = {
    'r/replica-bin.000001': own.bytes(),
    'r/relay-bin.000002': relay.bytes(),
  };
  const error = errorLog97([
    10,
    `[ERROR] Slave SQL: Could not execute Write_rows event on table shop.orders; Duplicate entry '6' for key 'PRIMARY', Error_code: 1062; handler error X; the event's master log mysql-bin.000001, end_log_pos ${end}, Error_code: 1062`,
  ]);
  const scan = (changed: Record<string, Buffer>) =>
    reportOf({ ...files, ...changed, 'r/db.err': error }, { rules: RULES });
  expect((await scan({})).findings[0]?.facts).toMatchObject({ eventOffset: failing?.offset });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.keys(files)),
      fc.array(mutations, { minLength: 1, maxLength: 3 }),
      async (name, befallen) => {
        const bytes = befallen.reduce(mutate, files[name] ?? Buffer.alloc(0));
        const { outcomes } = await scan({ [name]: bytes });
        expect(outcomes.map(({ status }) => status)).toEqual(['found']);
      },
    ),
    { numRuns: 300, seed: 7 },
  );
});
