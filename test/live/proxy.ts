import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** What becomes of a question, and of all that would come after it. */
export type Fault =
  /** As on a line that loses packets: nothing comes any more, and the connection stays. */
  | 'no-answer'
  /** The connection is closed. */
  | 'hang-up';

interface Order {
  readonly rule?: { readonly question: RegExp; readonly fault: Fault } | null;
  readonly cut?: true;
}

/** A line between a replica and its source, that can be told to lose answers. */
export class Proxy {
  readonly #worker: Worker;
  readonly port: number;

  private constructor(worker: Worker, port: number) {
    this.#worker = worker;
    this.port = port;
  }

  /** In front of a port of loopback. */
  static async before(port: number): Promise<Proxy> {
    const worker = new Worker(join(import.meta.dirname, 'proxy-worker.mjs'), {
      workerData: { port },
    });
    const [address] = (await once(worker, 'message')) as [{ readonly port: number }];
    return new Proxy(worker, address.port);
  }

  /** The connections there are end, and those that ask this from now on get no further answer. */
  fail(question: RegExp, fault: Fault): Promise<void> {
    return this.#tell({ rule: { question, fault }, cut: true });
  }

  /** The line is whole again, for new connections. */
  heal(): Promise<void> {
    return this.#tell({ rule: null });
  }

  /** Both ends see their connections closed. */
  cut(): Promise<void> {
    return this.#tell({ cut: true });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  async #tell(order: Order): Promise<void> {
    const done = once(this.#worker, 'message');
    this.#worker.postMessage(order);
    await done;
  }
}
