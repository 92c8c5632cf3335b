import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { PlanStep, Report } from '../../src/report/report.ts';
import { meets } from './expectations.ts';
import type { LiveServer } from './live-server.ts';
import { until } from './live-server.ts';

/** One step as it was run: for the table of what was proven. */
export interface RunStep {
  readonly on: string;
  readonly run: string;
  readonly output: string;
}

/** `server 12` and `server 12, shell`. */
const ON = /^server (\d+)(, shell)?$/;

/**
 * Runs a report's plan as printed, in its order, on the servers that it names. A check must show what
 * it expects; one that waits for something may take a while.
 */
export const runPlan = async (
  { plan }: Report,
  servers: readonly LiveServer[],
): Promise<readonly RunStep[]> => {
  const done: RunStep[] = [];
  for (const step of plan) {
    const [, id, shell] = ON.exec(step.on) ?? [];
    const server = servers.find((one) => one.id === Number(id));
    if (!server) throw new Error(`no server for "${step.on}": ${step.run}`);
    const output = await runStep(step, server, shell !== undefined);
    done.push({ on: step.on, run: step.run, output });
  }
  return done;
};

const runStep = async (step: PlanStep, server: LiveServer, isShell: boolean): Promise<string> => {
  if (isShell) {
    const COPY = join(server.datadir, '../aside');
    mkdirSync(COPY, { recursive: true });
    const env = { ...process.env, DATADIR: server.datadir, COPY };
    return execFileSync('sh', ['-ec', step.run], { env, encoding: 'utf8' });
  }
  if (step.kind === 'change') return server.show(step.run);
  let output = '';
  const holds = (): boolean => {
    output = server.show(step.run);
    return meets(step.expect ?? '', output);
  };
  try {
    await until(`${step.run} shows that ${step.expect}`, holds, 15);
  } catch (error) {
    expect.fail(`${error instanceof Error ? error.message : String(error)}\n${output}`);
  }
  return output;
};
