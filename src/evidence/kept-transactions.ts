import type { LogFacts, TransactionFact } from '../facts/facts.ts';
import type { Server } from './evidence.ts';

/** Transactions of a log as far as its facts keep them, each place once: a sample, and the newest ones. */
export const keptTransactions = ({
  transactions: { sketch, tail },
}: Pick<LogFacts, 'transactions'>): TransactionFact[] => [
  ...new Map([...sketch, ...tail].map((one) => [one.copy.offset, one])).values(),
];

/** Of the transactions in a server's own binary logs, those that stand there more than once included. */
export const loggedKeys = ({ binlogs }: Pick<Server, 'binlogs'>): ReadonlySet<string> =>
  new Set(
    binlogs
      .flatMap(({ files }) => files)
      .flatMap(({ facts }) => [...keptTransactions(facts), ...facts.transactions.repeats])
      .map(({ key }) => key),
  );
