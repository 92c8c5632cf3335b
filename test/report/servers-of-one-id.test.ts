import { describe, expect, test } from 'vitest';
import { render } from '../../src/report/render.ts';
import { rules } from '../../src/rules/index.ts';
import { placeOf, received, replica } from '../support/replica.ts';
import { type Files, reportOf } from '../support/scan-bytes.ts';

const UUIDS = ['3e11fa47-71ca-11e1-9e33-c80aa9429561', '3e11fa47-71ca-11e1-9e33-c80aa9429562'];

const ten = received(10);
const at = (i: number) => placeOf(ten, i);

/** The files of one replica whose applier position lies inside an event, below `folder`. */
const astray = (folder: string, uuid: string | undefined, i: number): Files => {
  const files = replica(ten.relay, {
    info: { offset: at(i).offset - 7, position: at(i).position },
    master: at(10),
  });
  return {
    ...Object.fromEntries(
      Object.entries(files).map(([path, file]) => [path.replace(/^r\//, `${folder}/`), file]),
    ),
    ...(uuid === undefined ? {} : { [`${folder}/auto.cnf`]: `[auto]\nserver-uuid=${uuid}\n` }),
  };
};

describe('two servers of one id', () => {
  const report = reportOf({ ...astray('a', UUIDS[0], 4), ...astray('b', UUIDS[1], 6) }, { rules });

  test('have steps of their own, which name their folders, in the shell too', async () => {
    const { plan, planWithheld } = await report;
    expect(planWithheld).toBeNull();
    const changes = plan.filter(({ run }) => run.startsWith('CHANGE'));
    expect(changes.map(({ on }) => on)).toEqual(['server 2 (a)', 'server 2 (b)']);
    expect(plan.map(({ on }) => on)).toContain('server 2 (b), shell');
    expect(plan.map(({ on }) => on)).not.toContain('server 2');
  });

  test('are told apart in findings and in the list of servers', async () => {
    const { findings, servers, verdict } = await report;
    expect(
      findings
        .filter(({ rule }) => rule === 'position-off-boundary')
        .map(({ server, serverName }) => [server, serverName]),
    ).toEqual([
      [2, 'server 2 (a)'],
      [2, 'server 2 (b)'],
    ]);
    expect(servers.map(({ name }) => name)).toEqual(['server 2 (a)', 'server 2 (b)']);
    expect(verdict).toMatch(/^Server 2 \(a\): /);
  });

  test.each(['text', 'markdown'] as const)(
    'are told apart in every block as %s',
    async (format) => {
      const out = render(await report, format);
      expect(out).toContain('-- ===== server 2 (a) =====');
      expect(out).toContain('-- ===== server 2 (b) =====');
      expect(out).toContain("-- in the shell of server 2 (b)'s host:");
      expect(out).toMatch(/position-off-boundary`? on server 2 \(`?b`?\)/);
      expect(out).not.toMatch(/server 2(?! [(=]|\d)/);
    },
  );
});

test('files that may be one server at two moments give one repair, and say why', async () => {
  const { plan, planWithheld } = await reportOf(
    { ...astray('now', undefined, 6), ...astray('old', undefined, 4) },
    { rules },
  );
  expect(plan.filter(({ run }) => run.startsWith('CHANGE')).map(({ on }) => on)).toEqual([
    'server 2 (now)',
  ]);
  expect(planWithheld).toBe(
    'position-off-boundary on server 2 (old): that may be server 2 (now) at another moment, which the plan changes already; scan the files of one moment at a time',
  );
});

test('one server of an id goes by the id alone', async () => {
  const { plan, findings, servers } = await reportOf(astray('a', UUIDS[0], 4), { rules });
  expect(new Set(plan.map(({ on }) => on))).toEqual(
    new Set(['server 1', 'server 2', 'server 2, shell']),
  );
  expect(findings.filter((finding) => 'serverName' in finding)).toEqual([]);
  expect(servers.filter((server) => 'name' in server)).toEqual([]);
});

test('a source of which two have the id, by their addresses, goes by its replica', async () => {
  const b = Object.fromEntries(
    Object.entries(astray('b', UUIDS[1], 6)).map(([path, file]) => [
      path,
      typeof file === 'string' ? file.replace('db1\n', 'db9\n') : file,
    ]),
  );
  const ons = async (files: Files) => (await reportOf(files, { rules })).plan.map(({ on }) => on);
  expect(await ons({ ...astray('a', UUIDS[0], 4), ...b })).toEqual(
    expect.arrayContaining(['the master of server 2 (a)', 'the master of server 2 (b)']),
  );
  expect(await ons({ ...astray('a', UUIDS[0], 4), ...astray('b', UUIDS[1], 6) })).toContain(
    'server 1',
  );
});
