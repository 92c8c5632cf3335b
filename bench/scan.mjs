// npm run bench [-- MEBIBYTES]: whole scans of large logs against the floor and mariadb-binlog, in turn, as ratios.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeLog } from './make-log.mjs';

const RUNS = 5;
const mebibytes = Number(process.argv[2] ?? 256);
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'repl-forensics-bench-'));

const time = (command, args) => {
  const start = process.hrtime.bigint();
  const { error } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'ignore'] });
  return error ? null : Number(process.hrtime.bigint() - start) / 1e9;
};
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

try {
  const logs = [
    ['mysql-8.0, mixed rows', 'mysql-8.0', 'mixed'],
    ['mysql-5.6, mixed rows', 'mysql-5.6', 'mixed'],
    ['mysql-8.0, tiny rows', 'mysql-8.0', 40],
    ['mysql-5.6, tiny rows', 'mysql-5.6', 40],
  ];
  console.log(`${mebibytes} MiB a log, median of ${RUNS} runs in turn, node ${process.version}`);
  for (const [name, style, rows] of logs) {
    const log = join(folder, 'binlog.000001');
    makeLog(log, mebibytes, style, rows);
    const commands = {
      scan: [
        process.execPath,
        [here('../bin/repl-forensics.js'), 'scan', log, '--format', 'json', '--only-given'],
      ],
      floor: [process.execPath, [here('./floor.mjs'), log]],
      'mariadb-binlog': ['mariadb-binlog', ['--skip-gtid-strict-mode', log]],
    };
    const times = Object.fromEntries(Object.keys(commands).map((key) => [key, []]));
    for (let run = 0; run <= RUNS; run += 1) {
      for (const [key, [command, args]] of Object.entries(commands)) {
        const seconds = time(command, args);
        if (run > 0 && seconds !== null) times[key].push(seconds);
      }
    }
    const ratios = times.scan.map((seconds, i) => seconds / times.floor[i]);
    const peer =
      times['mariadb-binlog'].length > 0
        ? `, ${(median(times.scan) / median(times['mariadb-binlog'])).toFixed(2)} × mariadb-binlog`
        : '';
    console.log(
      `${name}: ${median(times.scan).toFixed(2)} s, ${(mebibytes / median(times.scan)).toFixed(0)} MiB/s, ${median(ratios).toFixed(1)} × the floor${peer}`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
