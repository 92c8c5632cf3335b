import { defineConfig } from 'vitest/config';

/** Scenarios on real servers: `npm run test:live`. One after the other: each starts several servers. */
export default defineConfig({
  test: {
    include: ['test/live/scenarios/*.live.ts'],
    fileParallelism: false,
    hookTimeout: 120_000,
  },
});
