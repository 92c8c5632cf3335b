// node bench/events.mjs [MEBIBYTES]: whole listings of a large log of mixed rows against mariadb-binlog, in turn, as ratios.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeLog } from './make-log.mjs';

const RUNS = 3;
const mebibytes = Number(process.argv[2] ?? 256);
const bin = fileURLToPath(new URL('../bin/repl-forensics.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'repl-forensics-bench-'));
const log = join(folder, 'binlog.000001');

const time = (command, args) => {
  const start = process.hrtime.bigint();
  const { error, status } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'ignore'] });
  if (error || status !== 0) return null;
  return Number(process.hrtime.bigint() - start) / 1e9;
};
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const events = (...args) => [process.execPath, [bin, 'events', log, ...args]];
const commands = {
  table: events(),
  ndjson: events('--format', 'ndjson'),
  'ndjson --rows': events('--format', 'ndjson', '--rows'),
  sql: events('--format', 'sql'),
  'mariadb-binlog': [
    'mariadb-binlog',
    ['--skip-gtid-strict-mode', '-vv', '--base64-output=decode-rows', log],
  ],
};

try {
  makeLog(log, mebibytes, 'mysql-8.0', 'mixed');
  const times = Object.fromEntries(Object.keys(commands).map((key) => [key, []]));
  for (let run = 0; run < RUNS; run += 1) {
    for (const [key, [command, args]] of Object.entries(commands)) {
      const seconds = time(command, args);
      if (seconds !== null) times[key].push(seconds);
    }
  }
  console.log(`${mebibytes} MiB, median of ${RUNS} runs in turn, node ${process.version}`);
  const peer = times['mariadb-binlog'];
  for (const [key, seconds] of Object.entries(times)) {
    if (seconds.length === 0) {
      console.log(`${key}: failed`);
      continue;
    }
    const ratio = peer.length > 0 ? `, ${(median(seconds) / median(peer)).toFixed(2)} × it` : '';
    const speed = `${(mebibytes / median(seconds)).toFixed(0)} MiB/s`;
    console.log(`${key}: ${median(seconds).toFixed(2)} s, ${speed}${ratio}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
