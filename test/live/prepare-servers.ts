import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import type { Prepared } from './live-drivers.ts';
import { askedDrivers } from './live-drivers.ts';

/** Once a run: makes each server's programs ready, and a data directory that all its servers begin with. */
export const setup = (project: TestProject): (() => void) => {
  const root = mkdtempSync(join(tmpdir(), 'rf-data-'));
  const prepared = askedDrivers().map((driver): Prepared => {
    const template = join(root, driver.name);
    const missing = driver.prepare();
    if (missing === null) driver.install(template);
    else process.stderr.write(`\n*** ${driver.name} IS NOT TESTED: ${missing} ***\n\n`);
    return { name: driver.name, missing, template };
  });
  project.provide('servers', prepared);
  return () => rmSync(root, { recursive: true, force: true });
};
