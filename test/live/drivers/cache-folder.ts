import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where programs that were fetched stay between runs. */
export const cacheFolder = (): string =>
  join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'repl-forensics-live');
