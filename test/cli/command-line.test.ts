import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { crc32 } from 'node:zlib';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = join(root, 'bin/repl-forensics.js');
const escape = String.fromCharCode(27);
let dir = '';

/** One v4 event with its CRC32. */
const event = (type: number, at: number, body: Buffer): Buffer => {
  const out = Buffer.alloc(19 + body.length + 4);
  out.writeUInt32LE(1_763_632_800, 0);
  out.writeUInt8(type, 4);
  out.writeUInt32LE(11, 5);
  out.writeUInt32LE(out.length, 9);
  out.writeUInt32LE(at + out.length, 13);
  body.copy(out, 19);
  out.writeUInt32LE(crc32(out.subarray(0, -4)), out.length - 4);
  return out;
};

/** A binary log as MySQL 5.6 closes it: magic, format description, stop. */
const binaryLog = (): Buffer => {
  const body = Buffer.alloc(2 + 50 + 4);
  body.writeUInt16LE(4, 0);
  body.write('5.6.51-log', 2, 'latin1');
  body.writeUInt32LE(1_763_632_800, 52);
  const headerLengths = '13380d0008001200040404041200005c00041a08000000080808020000000a0a0a191900';
  const algorithm = Buffer.from([1]);
  const description = event(
    15,
    4,
    Buffer.concat([body, Buffer.from(headerLengths, 'hex'), algorithm]),
  );
  const stop = event(3, 4 + description.length, Buffer.alloc(0));
  return Buffer.concat([Buffer.from('fe62696e', 'hex'), description, stop]);
};

const run = (args: readonly string[], env: Record<string, string> = {}) => {
  const { NO_COLOR: _no, FORCE_COLOR: _force, COLUMNS: _columns, ...inherited } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd: dir,
    encoding: 'utf8',
    env: { ...inherited, ...env },
  });
  return { status, stdout, stderr };
};

beforeAll(() => {
  spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', root]);
  dir = mkdtempSync(join(tmpdir(), 'repl-forensics-'));
  const log = binaryLog();
  writeFileSync(join(dir, 'mysql-bin.000001'), log);
  log[30] = 0xff;
  mkdirSync(join(dir, 'bad'));
  writeFileSync(join(dir, 'bad/mysql-bin.000001'), log);
});

afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('the command line', () => {
  test('--help names every command, on stdout', () => {
    const { status, stdout, stderr } = run(['--help']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const command of ['scan', 'stats', 'rules', 'explain']) {
      expect(stdout).toContain(`repl-forensics ${command}`);
    }
  });

  test('scan --help names every option and the exit codes', () => {
    const { status, stdout } = run(['scan', '--help']);
    expect(status).toBe(0);
    for (const option of ['format', 'fail-on', 'min-severity', 'now', 'server-id', 'stale-after']) {
      expect(stdout).toContain(`--${option} `);
    }
    expect(stdout).toMatch(/Exit code: 0 .* 4 /s);
    expect(stdout.split('\n')).toContain(
      `repl-forensics scan DIR --format json | jq -r '.plan[] | "[ ] \\(.on): \\(.run)"'`,
    );
  });

  test('--version is the version of the package', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(run(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  });

  test.each<readonly [string, readonly string[], RegExp]>([
    ['no command', [], /a command is needed/],
    ['an unknown command', ['scam'], /Did you mean scan/],
    ['a command like none', ['nosuch'], /Unknown command: nosuch/],
    ['no input', ['scan'], /needs a file, a folder or a glob/],
    ['an unknown option', ['scan', 'x', '--bogus'], /bogus/],
    ['a --now that is no time', ['scan', 'x', '--now', 'yesterday'], /--now: "yesterday"/],
    ['a day that does not exist', ['scan', 'x', '--now', '2026-02-30'], /--now/],
    ['--now twice', ['scan', 'x', '--now', '2026-01-01', '--now', '2026-01-02'], /more than once/],
    ['an unknown format', ['scan', 'x', '--format', 'xml'], /none of text, json/],
    ['a server id beyond 32 bits', ['scan', 'x', '--server-id', '4294967296'], /--server-id/],
    ['an option without its value', ['scan', 'x', '--width'], /width/],
    ['an unknown extension', ['scan', 'x', '-o', 'report.pdf'], /report\.pdf.*\.txt, \.json/],
    ['an output that is an input', ['scan', 'in.txt', '-o', './in.txt'], /never written over/],
    ['a key file without a name', ['scan', 'x', '--keyring', ''], /--keyring needs a value/],
    ['rounds that are none', ['scan', 'x', '--keyring-iterations', 'x'], /no whole number/],
    ['an output that is a key file', ['scan', 'x', '--keyring', 'in.txt', '-o', 'in.txt'], /never/],
    ['explain without a name', ['explain'], /needs the name of a rule/],
    ['explain of an unknown rule', ['explain', 'no-such-rule'], /no rule "no-such-rule"/],
  ])('%s is a usage error', (_name, args, message) => {
    writeFileSync(join(dir, 'in.txt'), 'evidence');
    const { status, stdout, stderr } = run(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(
      args[0] === 'scan' ? /^Try: repl-forensics scan --help$/m : /^Try: repl-forensics .*--help$/m,
    );
    expect(readFileSync(join(dir, 'in.txt'), 'utf8')).toBe('evidence');
  });

  test('echoes no control character of an argument', () => {
    expect(run([`${escape}[2J`]).stderr).toContain('\\x1b[2J');
  });

  test('a report into a pipe is as wide as COLUMNS says, where it says a width', () => {
    const widest = (COLUMNS?: string, more: readonly string[] = []) => {
      const { stdout } = run(['scan', 'nosuch', ...more], COLUMNS === undefined ? {} : { COLUMNS });
      const prose = stdout.split('\n').filter((line) => !line.includes('COPY'));
      return Math.max(...prose.map((line) => line.length));
    };
    expect(widest('60')).toBeLessThanOrEqual(60);
    expect(widest('60')).toBeGreaterThan(50);
    expect(widest()).toBeGreaterThan(90);
    for (const nonsense of ['abc', '0', '7', '-80', '99999', '']) {
      expect(widest(nonsense)).toBe(widest());
    }
    expect(widest('60', ['--width', '80'])).toBeGreaterThan(60);
  });

  test('rules lists every rule, explain tells about each', () => {
    const { status, stdout } = run(['rules']);
    expect(status).toBe(0);
    const names = stdout.match(/^[a-z0-9-]+$/gm) ?? [];
    expect(names.length).toBeGreaterThan(0);
    const chapter = run(['explain', String(names[0])]);
    expect(chapter.status).toBe(0);
    expect(chapter.stdout.startsWith(`${names[0]}\n`)).toBe(true);
  });

  test('the first SIGINT aborts, the second one ends with 130', async () => {
    const script = `
      import { listenForInterrupt } from ${JSON.stringify(join(root, 'dist/cli/interrupt.js'))};
      const { signal } = listenForInterrupt();
      signal.addEventListener('abort', () => process.stdout.write('aborted'));
      setTimeout(() => undefined, 20_000);
      process.stdout.write('ready');`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
    let heard = '';
    child.stdout.on('data', (data: Buffer) => {
      heard += data.toString();
      child.kill('SIGINT');
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ heard, code }).toEqual({ heard: 'readyaborted', code: 130 });
  });
});

describe('scan', () => {
  const NOW = ['--now', '2026-11-20T10:00:00Z'];

  test('of a whole log ends with 0, quietly and without colour in a pipe', () => {
    const { status, stdout, stderr } = run(['scan', 'mysql-bin.000001', ...NOW]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('mysql-bin.000001');
    expect(stdout).not.toContain(escape);
  });

  test('gives JSON that the schema accepts, the same bytes for the same --now', () => {
    const args = ['scan', 'mysql-bin.000001', '--format', 'json', ...NOW];
    const { status, stdout } = run(args);
    expect(status).toBe(0);
    const schema = JSON.parse(readFileSync(join(root, 'report.schema.json'), 'utf8'));
    const validate = new Ajv().compile(schema);
    validate(JSON.parse(stdout));
    expect(validate.errors ?? []).toEqual([]);
    expect(JSON.parse(stdout).now).toBe('2026-11-20T10:00:00Z');
    expect(run(args).stdout).toBe(stdout);
  });

  test.each([
    ['an input that is not there', ['scan', 'no-such-file'], 3],
    ['a glob that matches nothing', ['scan', 'mysql-bin.000001', 'no-such-*'], 3],
    ['a damaged log with --fail-on never', ['scan', 'bad', '--fail-on', 'never'], 3],
  ] as const)('%s makes the verdict partial', (_name, args, code) => {
    expect(run([...args, ...NOW]).status).toBe(code);
  });

  test('of a damaged log ends with 1', () => {
    expect(run(['scan', 'bad', ...NOW]).status).toBe(1);
  });

  test('writes every -o in the format of its extension, never coloured', () => {
    const files = ['-o', 'report.json', '-o', 'report.TXT'];
    const color = ['--color', 'always'];
    const { status, stdout } = run(['scan', ...files, 'mysql-bin.000001', ...color, ...NOW]);
    expect(status).toBe(0);
    expect(stdout).toContain(escape);
    const text = readFileSync(join(dir, 'report.TXT'), 'utf8');
    const json = readFileSync(join(dir, 'report.json'), 'utf8');
    expect(text + json).not.toContain(escape);
    expect(text.split('\n')[0]).toBe(JSON.parse(json).verdict.slice(0, text.indexOf('\n')));
  });

  test('says which output it could not write, after the report, and ends with 4', () => {
    const args = ['scan', 'mysql-bin.000001', '-o', 'no/such/folder/report.json', ...NOW];
    const { status, stdout, stderr } = run(args);
    expect(status).toBe(4);
    expect(stdout).toContain('mysql-bin.000001');
    expect(stderr).toMatch(/^repl-forensics: cannot write no\/such\/folder\/report\.json: ENOENT/);
  });

  test('--keyring opens an encrypted log, --keyring-password its key file', () => {
    const files = join(root, 'test/binlog/encryption/files/mariadb-10.11-no-checksums');
    const keyring = ['--keyring', join(files, 'keys.enc')];
    const password = ['--keyring-password', join(files, 'password.txt')];
    const log = join(files, 'cbc.000002');
    const open = run(['scan', log, ...keyring, ...password, ...NOW]);
    expect(open).toMatchObject({ status: 0, stderr: '' });
    expect(open.stdout).toContain('1 log decrypted with key 1');
    const locked = run(['scan', log, ...keyring, ...NOW]);
    expect(locked.status).toBe(3);
    expect(locked.stdout).toContain('needs its password');
  });

  test('takes names that begin with a dash behind --', () => {
    writeFileSync(join(dir, '-bin.000001'), binaryLog());
    const { status, stdout } = run(['scan', ...NOW, '--', '-bin.000001']);
    expect(status).toBe(0);
    expect(stdout).toContain('-bin.000001');
  });

  test.each([
    ['the code of the verdict', 'mysql-bin.000001', 0],
    ['also when that is no 0', 'no-such-file', 3],
  ])('into a closed pipe ends quietly with %s', async (_name, input, expected) => {
    const child = spawn(process.execPath, [bin, 'scan', input, ...NOW], { cwd: dir });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (data: Buffer) => {
      stderr += data.toString();
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ code, stderr }).toEqual({ code: expected, stderr: '' });
  });

  const hasScript = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes(
    'util-linux',
  );
  test.skipIf(!hasScript)('on a terminal is coloured, under NO_COLOR it is not', () => {
    const onTerminal = (env: Record<string, string>): string => {
      const { NO_COLOR: _no, FORCE_COLOR: _force, ...inherited } = process.env;
      const command = `"${process.execPath}" "${bin}" scan mysql-bin.000001 ${NOW.join(' ')}`;
      return spawnSync('script', ['-qec', command, '/dev/null'], {
        cwd: dir,
        encoding: 'utf8',
        env: { ...inherited, TERM: 'xterm', ...env },
      }).stdout;
    };
    expect(onTerminal({})).toContain(escape);
    expect(onTerminal({ NO_COLOR: '1' })).not.toContain(escape);
  });
});

describe('stats', () => {
  test('of a whole log ends with 0, quietly and without colour in a pipe', () => {
    const { status, stdout, stderr } = run(['stats', 'mysql-bin.000001']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^LOGS: 1 log, \d+ bytes, 2 events, 0 transactions/);
    expect(stdout).not.toContain(escape);
  });

  test('gives JSON, the same bytes each time', () => {
    const args = ['stats', 'mysql-bin.000001', '--format', 'json'];
    const { status, stdout } = run(args);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      statsSchemaVersion: 1,
      total: { files: 1, events: 2 },
      problems: [],
    });
    expect(run(args).stdout).toBe(stdout);
  });

  test('takes the filters of events', () => {
    const stop = run(['stats', '.', '--type', 'stop', '--server-id', '11', '--format', 'json']);
    expect(JSON.parse(stop.stdout).total).toMatchObject({ events: 2, types: [{ type: 'Stop' }] });
    const none = run(['stats', 'mysql-bin.000001', '--since', '2027-01-01', '--format', 'json']);
    expect(JSON.parse(none.stdout).total).toMatchObject({ files: 1, events: 0 });
  });

  test('tells what could not be read on stderr and in its answer, and ends with 3', () => {
    const { status, stdout, stderr } = run(['stats', 'bad', 'gone', '--format', 'json']);
    expect(status).toBe(3);
    const { problems, files } = JSON.parse(stdout);
    expect(problems).toHaveLength(2);
    expect(stderr).toBe(problems.map((problem: string) => `repl-forensics: ${problem}\n`).join(''));
    expect(files).toMatchObject([{ path: 'bad/mysql-bin.000001', damage: { places: 1 } }]);
  });

  test('is coloured and as wide as asked for', () => {
    const { stdout } = run(['stats', 'mysql-bin.000001', '--color', 'always', '--width', '40']);
    expect(stdout).toContain(escape);
    const [heading = ''] = stripVTControlCharacters(stdout).split('\n');
    expect(heading.length).toBeLessThanOrEqual(40);
  });

  test.each([
    ['no input', ['stats'], /stats needs a file/],
    ['an unknown format', ['stats', 'in', '--format', 'csv'], /none of text, json/],
    ['no table at all', ['stats', 'in', '--top', '0'], /--top: "0" is no whole number from 1/],
    ['an unknown event type', ['stats', 'in', '--type', 'nothing'], /is no event type/],
  ])('%s is a usage error', (_name, args, message) => {
    const { status, stdout, stderr } = run(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^Try: repl-forensics stats --help$/m);
  });
});
