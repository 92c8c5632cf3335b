import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { detectDialect } from '../../src/dialects/index.ts';
import { parseServerVersion } from '../../src/dialects/server-version.ts';
import type { Evidence } from '../../src/evidence/evidence.ts';
import type { Fix } from '../../src/rules/finding.ts';
import { rules } from '../../src/rules/index.ts';
import { judge } from '../../src/rules/judge.ts';
import { patched } from '../support/build-log.ts';
import { ringBinlog, ringRelay } from '../support/loop-logs.ts';
import { binaryLog, OPENED, RelayLog, START, times, write } from '../support/relay-log.ts';
import { logged, placeOf, received, transaction } from '../support/replica.ts';
import { evidenceOf, type Files } from '../support/scan-bytes.ts';
import {
  index,
  type MasterInfo,
  mariadbMasterInfo,
  masterInfo,
  type RelayLogInfo,
  relayLogInfo,
} from '../support/status-files.ts';

/** `named`: the channel or connection that all the statements must name. */
interface Line {
  readonly version: string;
  readonly named: boolean;
  readonly gtid: boolean;
  readonly ignores: boolean;
}

const line = (version: string, more: Partial<Line> = {}): [string, Line] => [
  version,
  { version, named: true, gtid: true, ignores: true, ...more },
];

const LINES = [
  line('5.1.73-log', { named: false, gtid: false, ignores: false }),
  line('5.5.62-log', { named: false, gtid: false }),
  line('5.6.24-log', { named: false }),
  line('5.7.44-log'),
  line('8.0.22'),
  line('8.0.36'),
  line('8.2.0'),
  line('8.4.3'),
  line('9.7.4'),
  line('5.5.68-MariaDB', { named: false, gtid: false }),
  line('10.4.13-MariaDB-log'),
  line('10.11.19-MariaDB-log'),
  line('11.8.6-MariaDB-log'),
];

const CHANNEL = 'west';
const isMariadb = ({ version }: Line): boolean => version.includes('MariaDB');

const folder = (
  of: Line,
  relay: RelayLog | Uint8Array,
  info: RelayLogInfo,
  master: MasterInfo,
  more: Files = {},
): Files => {
  const suffix = of.named ? `-${CHANNEL}` : '';
  const file = `relay-bin${suffix}.000002`;
  const channel = of.named && !isMariadb(of) ? { channel: CHANNEL } : {};
  return {
    [`r/${file}`]: relay,
    [`r/relay-log${suffix}.info`]: relayLogInfo({ ...info, file }),
    [`r/master${suffix}.info`]: isMariadb(of)
      ? mariadbMasterInfo(master)
      : masterInfo({ ...master, ...channel }),
    ...more,
  };
};

/** One scan for each kind of repair: the rule that prints it, and its files. */
const kinds = (of: Line): ReadonlyArray<[string, string, Files]> => {
  const { version } = of;
  const ten = received(10, { version });
  const at = (i: number) => placeOf(ten, i);
  const binlog = { 'r/replica-bin.000001': logged(7, version) };
  const shortSource = binaryLog({ serverId: 1, version, at: OPENED });
  times(2, (i) => write(shortSource, transaction(i)));
  const lostTail: Files = {
    's/mysql-bin.000001': shortSource,
    's/mysql-bin.000002': write(binaryLog({ serverId: 1, version, at: START + 60 })),
  };
  const purged: Files = {
    's/mysql-bin.000007': write(binaryLog({ serverId: 1, version })),
    's/mysql-bin.index': index('mysql-bin.000007'),
  };
  const ring = ringRelay({ version });
  const behind = folder(of, ten.relay, at(2), at(10), binlog);
  const damaged = patched(ten.relay.bytes(), at(6).offset - 40, 0xff, 0xff, 0xff, 0xff);
  const gtid = isMariadb(of) ? { usingGtid: 'slave_pos' as const } : { autoPosition: true };
  return [
    ['read on from the true position', 'applier-position-behind', behind],
    ['keep the relay logs', 'applier-position-behind', { ...behind, ...purged }],
    ['drain', 'impossible-source-position', folder(of, ten.relay, at(6), at(10), lostTail)],
    ['next log', 'impossible-source-position', folder(of, ten.relay, at(10), at(10), lostTail)],
    ...(of.ignores
      ? ([
          [
            'ignore server ids',
            'foreign-server-id-loop',
            folder(
              of,
              ring,
              { offset: ring.length, position: ring.position },
              { position: ring.position },
              { 'r/replica-bin.000001': ringBinlog({ version }) },
            ),
          ],
        ] as const)
      : []),
    ...(of.gtid
      ? ([
          ['GTID refetch', 'corrupt-event', folder(of, damaged, at(2), { ...at(10), ...gtid })],
        ] as const)
      : []),
  ].map(([kind, rule, files]) => [kind, rule, files] as [string, string, Files]);
};

/**
 * From 8.3 on servers keep their positions in tables, so that status files beside them are left
 * over and not read. Their words are tried on the evidence of a version that still has the files.
 */
const hasStatusFiles = (of: Line): boolean =>
  isMariadb(of) || !/^(?:8\.[3-9]|9)\./.test(of.version);

const WITH_FILES = '8.0.36';

const speaking = (evidence: Evidence, version: string): Evidence => {
  const dialect = detectDialect(version);
  const parsed = parseServerVersion(version);
  // The rules read the servers through every list of the evidence: they are changed in place
  for (const server of evidence.servers) Object.assign(server, { dialect, version: parsed });
  return evidence;
};

const fixIn = (rule: string, files: Files, of: Line): Fix => {
  const evidence = evidenceOf(files);
  const [outcome] = judge(
    rules.filter(({ id }) => id === rule),
    hasStatusFiles(of) ? evidence : speaking(evidence, of.version),
  );
  const [judged] = outcome?.status === 'found' ? outcome.findings : [];
  if (!judged?.fix) throw new Error(`${rule}: ${outcome?.status}, no fix`);
  return judged.fix;
};

const written = ({ withheld, steps, alternatives }: Fix): string[] => [
  ...(withheld === null ? [] : [`withheld: ${withheld}`]),
  ...steps.map(({ kind, on, run }) => `${kind.padEnd(6)} ${on}: ${run}`),
  ...alternatives.flatMap((other) => [
    `or ${other.title}`,
    ...other.steps.map(({ kind, on, run }) => `${kind.padEnd(6)} ${on}: ${run}`),
  ]),
];

describe.each(LINES)('%s', (_version, of) => {
  const shown = hasStatusFiles(of) ? of : { ...of, version: WITH_FILES };
  const fixes = kinds(shown).map(([kind, rule, files]) => [kind, fixIn(rule, files, of)] as const);
  const statements = fixes.flatMap(([, { steps, alternatives }]) =>
    [...steps, ...alternatives.flatMap((other) => other.steps)]
      .filter(({ on }) => !on.endsWith('shell'))
      .map(({ run }) => run),
  );

  test('its plans', async () => {
    const text = fixes.flatMap(([kind, fix]) => [`-- ${kind}`, ...written(fix), '']).join('\n');
    const name = `${fixes[0]?.[1].dialect}${of.version === '8.0.22' ? '.22' : ''}.txt`;
    await expect(text).toMatchFileSnapshot(join(import.meta.dirname, '../golden/plans', name));
  });

  test('speak its words only', () => {
    const [major = 0, minor = 0, patch = 0] = of.version
      .split('.')
      .map((part) => parseInt(part, 10));
    const isNew = !isMariadb(of) && (major > 8 || (major === 8 && (minor > 0 || patch > 22)));
    for (const run of statements) {
      const words = run.replace(/'[^']*'/g, "''");
      expect(words).not.toMatch(isNew ? /SLAVE|MASTER_/ : /REPLICA|SOURCE/);
      if (isNew && (major > 8 || minor >= 4)) expect(words).not.toMatch(/MASTER/);
    }
  });

  test('name their channel in every statement about it', () => {
    const about = statements.filter((run) =>
      /^(?:(?:START|STOP|RESET) (?:SLAVE|REPLICA)|CHANGE|SHOW (?:SLAVE|REPLICA)\b.*STATUS)/.test(
        run,
      ),
    );
    expect(about.length).toBeGreaterThan(5);
    for (const run of about) expect(run.includes(`'${CHANNEL}'`), run).toBe(of.named);
  });

  test('change a channel once, and never say a password', () => {
    for (const [, fix] of fixes) {
      expect(fix.steps.filter(({ run }) => run.startsWith('CHANGE')).length).toBeLessThan(2);
      expect(JSON.stringify(fix)).not.toMatch(/correct horse|PASSWORD/);
    }
  });
});
