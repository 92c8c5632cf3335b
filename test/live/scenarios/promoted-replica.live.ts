import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { findingOf } from '../healed.ts';
import { scenario } from '../scenario.ts';
import { pair } from '../topologies.ts';
import { until } from '../until.ts';

scenario(
  'a replica whose source died was promoted: its old error log is no failure of today',
  async (lab) => {
    const [source, replica] = await pair(lab);
    await source.stop();
    const fails = /error (?:re)?connecting to (?:master|source)/i;
    await until('connects fail', () =>
      fails.test(readFileSync(join(replica.datadir, 'server.err'), 'utf8')),
    );
    expect(findingOf(lab.scan([replica]), 'connect-failure')?.severity).toBe('high');
    const { stop } = replica.words();
    replica.sql(stop);
    replica.sql(`${stop.replace('STOP', 'RESET')} ALL`);
    replica.sql("INSERT INTO app.orders VALUES (77, 'of the new source')");
    const report = lab.scan([replica]);
    const finding = findingOf(report, 'connect-failure');
    expect(finding).toMatchObject({ severity: 'low', facts: { standing: 'over' }, fix: null });
    expect(report.plan).toEqual([]);
  },
  {
    rule: 'connect-failure',
    not: {
      mysql: 'waits a minute between two tries, and logs no line before',
      'mysql-5.7': 'the same',
    },
  },
);
