#!/usr/bin/env node
// npm run test:live -- [--server mariadb,mysql-5.6,mysql] [what vitest takes]
// npm run samples -- SCENARIO OUT [--server …]: keeps the copies of these scenarios, a folder a scan
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const args = process.argv.slice(2);
const at = args.indexOf('--server');
const [, servers] = at < 0 ? [] : args.splice(at, 2);
const env = { ...process.env, ...(servers === undefined ? {} : { LIVE_SERVER: servers }) };

if (args[0] === '--samples') {
  const [, name, out, ...others] = args;
  if (name === undefined || out === undefined || others.length > 0) {
    process.stderr.write('npm run samples -- SCENARIO OUT [--server NAME]\n');
    process.exit(2);
  }
  env.LIVE_SAMPLES = resolve(out);
  args.splice(0, args.length, `scenarios/${name}`);
}

const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.live.config.ts', ...args],
  { stdio: 'inherit', env },
);
process.exitCode = status ?? 1;
