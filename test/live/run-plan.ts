import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import type { Step } from '../../src/rules/finding.ts';
import { meets } from './expectations.ts';
import { type LiveServer, PASSWORD } from './live-server.ts';
import { until } from './until.ts';

/** `server 12` and `server 12, shell`. */
const ON = /^server (\d+)(, shell)?$/;

/** A word in a statement that a person replaces, and by what, at the moment it is needed. */
export type Fill = (run: string) => string;

/** Runs a report's plan as printed; there has to be one. */
export const runPlan = async (
  { plan, planWithheld }: Report,
  servers: readonly LiveServer[],
  fill?: Fill,
): Promise<void> => {
  expect(plan, planWithheld ?? 'a plan').not.toEqual([]);
  await runSteps(plan, servers, fill);
};

/** In their order, on the servers that they name. A check must show what it expects; one that waits may take a while. */
export const runSteps = async (
  steps: readonly Step[],
  servers: readonly LiveServer[],
  fill: Fill = (run) => run,
): Promise<void> => {
  for (const step of steps) {
    const [, id, shell] = ON.exec(step.on) ?? [];
    const server = servers.find((one) => one.id === Number(id));
    if (!server) throw new Error(`no server for "${step.on}": ${step.run}`);
    if (shell !== undefined) runInShell(step, server);
    else if (step.kind === 'change') server.show(fill(step.run));
    else await checkOn(step, server);
  }
};

const runInShell = ({ run }: Step, { datadir, driver }: LiveServer): void => {
  const COPY = join(datadir, '../aside');
  const programs = join(datadir, '../programs');
  for (const folder of [COPY, programs]) mkdirSync(folder, { recursive: true });
  if (driver.client) {
    const { file, args } = driver.client;
    const script = `#!/bin/sh\nexec ${[file, ...args].map((word) => `'${word}'`).join(' ')} "$@"\n`;
    for (const name of ['mysql', 'mariadb'])
      writeFileSync(join(programs, name), script, { mode: 0o755 });
  }
  const PATH = `${programs}:${process.env['PATH']}`;
  // The client asks a person for it
  const answered = run.replace(/ --password(?= )/, ` --password=${PASSWORD}`);
  const env = { ...process.env, PATH, DATADIR: datadir, COPY };
  execFileSync('sh', ['-ec', answered], { env, timeout: 60_000 });
};

const checkOn = async ({ run, expect: expected }: Step, server: LiveServer): Promise<void> => {
  let output = '';
  const holds = (): boolean => {
    output = server.show(run);
    return meets(expected ?? '', output);
  };
  try {
    await until(`${run} shows that ${expected}`, holds, 15);
  } catch (error) {
    expect.fail(`${error instanceof Error ? error.message : String(error)}\n${output}`);
  }
};
