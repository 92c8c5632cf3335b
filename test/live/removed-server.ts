import type { Lab } from './lab.ts';
import type { LiveServer } from './live-server.ts';
import type { Loop } from './loops.ts';
import { caughtUp } from './replica-status.ts';
import { passAround, ring } from './topologies.ts';

/** A write of a server that leaves a ring, which goes round among the others. */
export interface LeftWrite extends Loop {
  readonly options: readonly string[];
  readonly write: string;
}

export const STATEMENT: LeftWrite = {
  options: ['--binlog-format=STATEMENT'],
  write: 'UPDATE app.counters SET n = n + 1 WHERE id = 1',
  count: 'SELECT n FROM app.counters WHERE id = 1',
  facts: { loopingServerId: 13, cause: 'removed-server', tables: ['app.counters'] },
};

export const ROW: LeftWrite = {
  options: ['--binlog-format=ROW'],
  write: "INSERT INTO app.journal VALUES ('again')",
  count: 'SELECT COUNT(*) FROM app.journal',
  facts: { loopingServerId: 13, cause: 'removed-server', tables: ['app.journal'] },
};

/**
 * A ring of three; the third server leaves while a write of its own is still on its way: nobody drops
 * it any more, and the two that are left pass it round for ever.
 */
export const ringWithoutThird = async (
  lab: Lab,
  { options, write }: LeftWrite,
): Promise<readonly [LiveServer, LiveServer]> => {
  const [a, b, c] = (await ring(lab, [11, 12, 13], { options })) as [
    LiveServer,
    LiveServer,
    LiveServer,
  ];
  for (const [i, server] of [a, b, c].entries())
    server.sql(`INSERT INTO app.orders VALUES (${i}, 'x')`);
  await passAround([a, b, c, a]);
  // What the third writes reaches the first alone, and the second only when the ring is closed without it
  b.sql(b.words().stop);
  const from = b.position();
  c.sql(write);
  await caughtUp(a, c);
  a.sql(`${a.words().stop}; ${a.words().resetAll}`);
  await c.stop();
  a.follow(b, { SOURCE_LOG_FILE: from.file, SOURCE_LOG_POS: from.position });
  b.sql(b.words().start);
  return [a, b];
};
