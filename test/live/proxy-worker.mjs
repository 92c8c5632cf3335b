// The wire of proxy.ts, in a thread of its own: scenarios wait for clients without turning to it
import { connect, createServer } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

const HEADER = 4;
const COM_QUERY = 3;
/** Of the capabilities that a source greets with: the MySQL manual's "client/server protocol". */
const CLIENT_SSL = 0x08_00;
/** After the version: a thread id, eight bytes of the challenge, a filler. */
const TO_CAPABILITIES = 4 + 8 + 1;

const sockets = new Set();
/** @type {{ question: RegExp, fault: 'no-answer' | 'hang-up' } | null} */
let rule = null;

/**
 * A statement in what a client sends. A packet: its length (3 bytes, little-endian), its number, its
 * command.
 *
 * @param {Buffer} chunk
 */
const statementIn = (chunk) =>
  chunk.length > HEADER && chunk[3] === 0 && chunk[HEADER] === COM_QUERY
    ? chunk.toString('latin1', HEADER + 1)
    : null;

/**
 * The source's greeting without the offer of TLS: questions must be readable.
 *
 * @param {Buffer} greeting
 */
const withoutTls = (greeting) => {
  const at = greeting.indexOf(0, HEADER + 1) + 1 + TO_CAPABILITIES;
  const clear = Buffer.from(greeting);
  clear.writeUInt16LE(clear.readUInt16LE(at) & ~CLIENT_SSL, at);
  return clear;
};

/**
 * @param {import('node:net').Socket} client
 * @param {import('node:net').Socket} source
 */
const join = (client, source) => {
  let silent = false;
  client.on('data', (chunk) => {
    const statement = statementIn(chunk);
    if (statement !== null && rule?.question.test(statement)) {
      silent = true;
      if (rule.fault === 'hang-up') client.destroy();
    }
    if (!silent) source.write(chunk);
  });
  source.once('data', (greeting) => {
    client.write(withoutTls(greeting));
    source.on('data', (chunk) => {
      if (!silent) client.write(chunk);
    });
  });
  for (const [one, other] of [
    [client, source],
    [source, client],
  ]) {
    sockets.add(one);
    // A reset is what happens to connections that are cut
    one.on('error', () => one.destroy());
    one.on('close', () => {
      sockets.delete(one);
      other.destroy();
    });
  }
};

const server = createServer((client) => join(client, connect(workerData.port, '127.0.0.1')));
server.listen(0, '127.0.0.1', () => parentPort?.postMessage(server.address()));

parentPort?.on('message', (order) => {
  if ('rule' in order) rule = order.rule;
  if (order.cut) for (const socket of sockets) socket.destroy();
  parentPort?.postMessage('done');
});
