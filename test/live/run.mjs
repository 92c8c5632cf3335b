#!/usr/bin/env node
// npm run test:live -- [--server mariadb,mysql-5.6,mysql] [what vitest takes]
import { spawnSync } from 'node:child_process';

const args = process.argv.slice(2);
const at = args.indexOf('--server');
const [, servers] = at < 0 ? [] : args.splice(at, 2);
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.live.config.ts', ...args],
  {
    stdio: 'inherit',
    env: { ...process.env, ...(servers === undefined ? {} : { LIVE_SERVER: servers }) },
  },
);
process.exitCode = status ?? 1;
