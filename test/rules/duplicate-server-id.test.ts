import { describe, expect, test } from 'vitest';
import { rules } from '../../src/rules/index.ts';
import { binaryLog, RelayLog, START, VERSION, write } from '../support/relay-log.ts';
import { foundOf } from '../support/replica.ts';
import { type Files, outcomeOf, reportOf } from '../support/scan-bytes.ts';
import { masterInfo } from '../support/status-files.ts';

const RULE = 'duplicate-server-id';

interface Replica {
  readonly folder: string;
  readonly id?: number;
  readonly uuid?: string;
  readonly version?: string;
  /** Start of the receiver. */
  readonly at?: number;
  /** Its newest event. */
  readonly until?: number;
  /** When the source opened its log. */
  readonly opened?: number;
  readonly source?: number;
}

const UUIDS = [1, 2].map((n) => `3e11fa47-71ca-11e1-9e33-c80aa942956${n}`) as [string, string];

const replica = ({
  folder,
  id = 7,
  uuid,
  version = VERSION.mysql56,
  at = START,
  until = at + 600,
  opened = START - 50,
  source = 1,
}: Replica): Files => ({
  [`${folder}/relay-bin.000002`]: new RelayLog({ serverId: id, version, at })
    .connect({ source, position: 500, opened })
    .write({ serverId: source, at: until }),
  [`${folder}/master.info`]: masterInfo({ position: 800 }),
  ...(uuid ? { [`${folder}/auto.cnf`]: `[auto]\nserver-uuid=${uuid}\n` } : {}),
});

const [A, B] = UUIDS;

describe('found', () => {
  test('two uuids, one id, one source, at one time', () => {
    const files = {
      ...replica({ folder: 'a', uuid: A }),
      ...replica({ folder: 'b', uuid: B, at: START + 300 }),
    };
    expect(foundOf(RULE, files)).toMatchObject({
      severity: 'high',
      confidence: 'likely',
      facts: { serverId: 7, told: 'uuids', relation: 'common-source', folders: ['a', 'b'] },
      at: [{ path: 'a/relay-bin.000002' }, { path: 'b/relay-bin.000002' }],
    });
  });

  test('without uuids: they run beside each other and have no log in common', () => {
    const files = {
      ...replica({ folder: 'a', version: VERSION.mariadb }),
      ...replica({ folder: 'b', version: VERSION.mariadb, at: START + 1 }),
    };
    expect(foundOf(RULE, files)).toMatchObject({ facts: { told: 'logs' } });
  });

  test('a clone has the uuid, too', async () => {
    const files = {
      ...replica({ folder: 'a', uuid: A }),
      ...replica({ folder: 'b', uuid: A, at: START + 1 }),
    };
    expect(foundOf(RULE, files)).toMatchObject({ facts: { told: 'logs' } });
    const { planWithheld } = await reportOf(files, { rules });
    expect(planWithheld).toContain('auto.cnf');
  });

  test('their findings are told apart', async () => {
    const version = VERSION.mariadb;
    const files = {
      ...replica({ folder: 'a', version, opened: START - 5000 }),
      ...replica({ folder: 'b', version, opened: START - 5000, at: START + 1 }),
    };
    const { findings } = await reportOf(files, { rules });
    const prints = findings.map(({ fingerprint }) => fingerprint);
    expect(findings.filter(({ rule }) => rule === 'stale-format-description')).toHaveLength(2);
    expect(new Set(prints).size).toBe(prints.length);
  });
});

describe('clear', () => {
  test.each<[string, Files]>([
    [
      'two copies of one server',
      {
        ...replica({ folder: 'a', uuid: A }),
        ...replica({ folder: 'b', uuid: A, until: START + 900 }),
      },
    ],
    [
      'two copies of one MariaDB server, the later one after a new start',
      {
        ...replica({ folder: 'a', version: VERSION.mariadb }),
        ...replica({ folder: 'b', version: VERSION.mariadb, at: START + 700 }),
      },
    ],
    [
      'a server built anew in place of another',
      {
        ...replica({ folder: 'a', uuid: A }),
        ...replica({ folder: 'b', uuid: B, at: START + 700 }),
      },
    ],
    [
      'unrelated folders with the same ids',
      {
        ...replica({ folder: 'a', uuid: A }),
        ...replica({ folder: 'b', uuid: B, opened: START - 77 }),
      },
    ],
    [
      'two ids',
      { ...replica({ folder: 'a', uuid: A }), ...replica({ folder: 'b', uuid: B, id: 8 }) },
    ],
  ])('%s', (_name, files) => {
    expect(outcomeOf(RULE, files).status).toBe('clear');
  });
});

test('not assessed with one replica, or with a source beside it', () => {
  const one = replica({ folder: 'a', uuid: A });
  const missing = [expect.stringContaining('second replica')];
  expect(outcomeOf(RULE, one)).toMatchObject({ status: 'not-assessed', missing });
  expect(
    outcomeOf(RULE, { ...one, 's/mysql-bin.000001': write(binaryLog({ serverId: 1 })) }),
  ).toMatchObject({ status: 'not-assessed', missing });
});
