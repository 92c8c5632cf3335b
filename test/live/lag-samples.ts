import { spawn } from 'node:child_process';
import type { LiveServer } from './live-server.ts';

/** Asks for the status as fast as one client can, for some seconds; the lag figures that were numbers. */
export const sampleLag = (server: LiveServer, seconds: number): Promise<readonly number[]> =>
  new Promise((resolve, reject) => {
    const { file, args, env } = server.client();
    const client = spawn(file, [...args], { env: { ...process.env, ...env } });
    let output = '';
    let asking = true;
    const ask = (): void => {
      client.stdin.write(`${`${server.words().status}\\G\n`.repeat(50)}`, () => {
        if (asking) setTimeout(ask, 20);
        else client.stdin.end();
      });
    };
    setTimeout(() => {
      asking = false;
    }, seconds * 1000);
    client.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    client.on('error', reject);
    // Where the client ends early, its 'close' tells
    client.stdin.on('error', () => undefined);
    client.on('close', () =>
      resolve(
        [...output.matchAll(/Seconds_Behind_(?:Master|Source): (\d+)/g)].map((one) =>
          Number(one[1]),
        ),
      ),
    );
    ask();
  });
