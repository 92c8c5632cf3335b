import { afterEach, beforeEach, describe, test } from 'vitest';
import { Lab } from '../lab.ts';
import { liveDrivers } from '../live-drivers.ts';

const SECONDS = 180;

/** One story, told on every server that can be had; where `on` leaves one out, it says why. */
export const scenario = (
  story: string,
  tell: (lab: Lab) => Promise<void>,
  not: Readonly<Record<string, string>> = {},
): void => {
  describe.each(liveDrivers)('$name', ({ name, driver, missing }) => {
    const why = missing ?? not[name] ?? null;
    if (why !== null) {
      test.skip(`${story} (${why})`, () => undefined);
      return;
    }
    let lab: Lab;
    beforeEach(() => {
      lab = new Lab(driver);
    });
    afterEach(() => lab.close());
    test(story, () => tell(lab), SECONDS * 1000);
  });
};
