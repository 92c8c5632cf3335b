import type { LogBuilder } from './build-log.ts';
import { binaryLog, RelayLog, type Transaction, VERSION, write } from './relay-log.ts';

/** Relay log of server 2 that receives these from server 1, without a ring. */
export const received = (
  transactions: readonly Transaction[],
  version: string = VERSION.mysql56,
): RelayLog => {
  const relay = new RelayLog({ version }).connect({ position: 700 });
  for (const transaction of transactions) relay.write(transaction);
  return relay;
};

/** Binary log of a server that has these. */
export const logged = (
  transactions: readonly Transaction[],
  version: string = VERSION.mysql56,
  serverId = 2,
): LogBuilder => {
  const own = binaryLog({ serverId, version });
  for (const transaction of transactions) write(own, transaction);
  return own;
};

export const many = (count: number, of: (i: number) => Transaction): Transaction[] =>
  Array.from({ length: count }, (_, i) => of(i));
