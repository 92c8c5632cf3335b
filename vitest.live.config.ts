import { defineConfig } from 'vitest/config';

/** Scenarios on real servers: `npm run test:live`. Two at a time: each starts several servers. */
export default defineConfig({
  test: {
    include: ['test/live/scenarios/*.live.ts'],
    globalSetup: 'test/live/prepare-servers.ts',
    maxWorkers: 2,
    hookTimeout: 120_000,
  },
});
