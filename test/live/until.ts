import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until `isTrue`; throws when it takes longer than `seconds`. */
export const until = async (what: string, isTrue: () => boolean, seconds = 60): Promise<void> => {
  for (const end = Date.now() + seconds * 1000; !isTrue(); ) {
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s`);
    await sleep(50);
  }
};
