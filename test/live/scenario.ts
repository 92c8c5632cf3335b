import { join } from 'node:path';
import { afterEach, beforeEach, describe, inject, test } from 'vitest';
import { rules } from '../../src/rules/index.ts';
import type { Driver } from './drivers/driver.ts';
import { Lab } from './lab.ts';
import { driverNamed } from './live-drivers.ts';

const SECONDS = 180;

export interface Where {
  /** Families of servers, or servers, on which the story cannot happen, with the reason. */
  readonly not?: Readonly<Record<string, string>>;
  /** A rule that the story is about. */
  readonly rule?: string;
}

/** MySQL of today keeps its positions in tables, and of these no file tells. */
export const NEEDS_STATUS_FILES: Where = {
  not: { mysql: 'keeps its positions in tables, which move with the data' },
};

/** One story, told on every server that can be had and where it can happen. */
export const scenario = (
  story: string,
  tell: (lab: Lab, driver: Driver) => Promise<void>,
  { not = {}, rule }: Where = {},
): void => {
  describe.each(inject('servers'))('$name', ({ name, missing, template }) => {
    const driver = driverNamed(name);
    const { family } = driver;
    const awaited =
      rule === undefined || rules.some(({ id }) => id === rule) ? null : `no rule ${rule} yet`;
    const why = missing ?? not[name] ?? not[family] ?? awaited;
    if (why !== null) {
      test.skip(`${story} (${why})`, () => undefined);
      return;
    }
    let lab: Lab;
    beforeEach(() => {
      const samples = process.env['LIVE_SAMPLES'];
      lab = new Lab(driver, template, samples ? join(samples, `${slug(story)}-${name}`) : null);
    });
    afterEach(() => lab.close());
    test(story, () => tell(lab, driver), SECONDS * 1000);
  });
};

const slug = (story: string): string => story.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
