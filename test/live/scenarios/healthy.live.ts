import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { alarmsOf } from '../healed.ts';
import type { LiveServer } from '../live-server.ts';
import { scenario } from '../scenario.ts';
import { expectEqualTables } from '../tables.ts';
import { chain, pair, passAround, ring, writeOrders } from '../topologies.ts';

scenario('a chain of three, with rotations and a clean restart: nothing is found', async (lab) => {
  const servers = (await chain(lab, [11, 12, 13])) as [LiveServer, LiveServer, LiveServer];
  const [a, b, c] = servers;
  writeOrders(a, 1, 10);
  a.sql('FLUSH LOGS');
  b.sql('FLUSH LOGS');
  writeOrders(a, 11, 10);
  await passAround(servers);
  await b.stop();
  await b.start();
  writeOrders(a, 21, 5);
  await passAround(servers);
  expectEqualTables(a, c);
  const report = lab.scan(servers);
  expect(alarmsOf(report)).toEqual([]);
  expect(report.plan).toEqual([]);
});

scenario('a ring of three, all of them writing: nothing is found', async (lab) => {
  const servers = (await ring(lab, [11, 12, 13])) as [LiveServer, LiveServer, LiveServer];
  const [a, b, c] = servers;
  for (let round = 0; round < 5; round++) {
    for (const server of servers) writeOrders(server, server.id * 1000 + round * 10, 3);
  }
  await passAround([...servers, ...servers]);
  expectEqualTables(a, b);
  expectEqualTables(b, c);
  const report = lab.scan(servers);
  expect(alarmsOf(report)).toEqual([]);
  expect(report.plan).toEqual([]);
});

/** A client that writes as fast as it can until it is told to stop. */
const writeAlways = (server: LiveServer): (() => Promise<void>) => {
  const { file, args, env } = server.client();
  const client = spawn(file, [...args], { env: { ...process.env, ...env }, stdio: 'pipe' });
  client.stdout.resume();
  // Where the client ends early, its 'close' tells
  client.stdin.on('error', () => undefined);
  let id = 1000;
  const write = (): void => {
    if (client.stdin.writableEnded) return;
    const rows = Array.from(
      { length: 50 },
      () => `INSERT INTO app.orders VALUES (${id++}, REPEAT('load ', 30));\n`,
    );
    client.stdin.write(rows.join(''), () => setTimeout(write, 5));
  };
  write();
  return () =>
    new Promise((resolve, reject) => {
      client.on('error', reject).on('close', () => resolve());
      client.stdin.end();
    });
};

scenario('copies of a busy pair, one file after the other: no alarm', async (lab) => {
  const [source, replica] = await pair(lab);
  const stop = writeAlways(source);
  for (let copy = 0; copy < 4; copy++) {
    await sleep(400);
    const report = lab.scan([source, replica]);
    expect(alarmsOf(report)).toEqual([]);
    expect(report.plan).toEqual([]);
  }
  await stop();
  await passAround([source, replica]);
  expectEqualTables(source, replica);
});
