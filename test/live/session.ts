import { spawn } from 'node:child_process';
import type { LiveServer } from './live-server.ts';

/** A client of its own that runs beside others: resolves when its statements are done, throws what the server refuses. */
export const session = (
  server: LiveServer,
  statements: string,
  options: readonly string[] = [],
): Promise<void> => {
  const { file, args, env } = server.client();
  const client = spawn(file, [...args, ...options], {
    env: { ...process.env, ...env },
    stdio: 'pipe',
  });
  client.stdout.resume();
  let said = '';
  client.stderr.on('data', (text: Buffer) => {
    said += text.toString();
  });
  // Where the client ends early, its 'close' tells
  client.stdin.on('error', () => undefined).end(statements);
  return new Promise((resolve, reject) => {
    client.on('error', reject).on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(said));
    });
  });
};
