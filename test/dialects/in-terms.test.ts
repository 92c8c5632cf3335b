import { describe, expect, test } from 'vitest';
import { inTerms } from '../../src/dialects/in-terms.ts';
import { detectDialect } from '../../src/dialects/index.ts';

const inWordsOf = (version: string, sentence: string): string => {
  const terms = detectDialect(version)?.terms;
  if (!terms) throw new Error(`no dialect for ${version}`);
  return inTerms(sentence, terms);
};

const in56 = (sentence: string): string => inWordsOf('5.6.24', sentence);

describe('a sentence of ours', () => {
  test.each([
    ['The applier stopped; the receiver runs.', 'The SQL thread stopped; the I/O thread runs.'],
    ['Applier and receiver: both stand.', 'SQL thread and I/O thread: both stand.'],
    ['the source’s log, and the replica’s own', 'the master’s log, and the slave’s own'],
    ['Two sources feed three replicas', 'Two masters feed three slaves'],
    [
      'A source, a replica, a receiver, an applier',
      'A master, a slave, an I/O thread, an SQL thread',
    ],
    ['the applier thread, both receiver threads', 'the SQL thread, both I/O threads'],
    ['(source position 4441)', '(master position 4441)'],
    ['refused by the source: see there', 'refused by the master: see there'],
  ])('is told in the words of MySQL 5.6: %s', (ours, theirs) => {
    expect(in56(ours)).toBe(theirs);
  });

  test('is told in those of MariaDB from 10.5 on', () => {
    expect(inWordsOf('10.11.19-MariaDB', 'A source, its replica, the applier')).toBe(
      'A primary, its replica, the SQL thread',
    );
    expect(inWordsOf('10.11.19-MariaDB', 'Two sources, two appliers')).toBe(
      'Two primaries, two SQL threads',
    );
  });

  test('stays for MySQL of today', () => {
    const sentence = 'The applier of a replica, the receiver, its source';
    expect(inWordsOf('9.7.4', sentence)).toBe(sentence);
  });

  test('that is told so already stays', () => {
    const told = in56('The applier of a replica');
    expect(in56(told)).toBe(told);
  });
});

describe('a name is no word', () => {
  test.each([
    ['a table', 'rows of app.source and source.orders'],
    ['a file', 'in replica-bin.000002, replica.err and /data/replica/relay-bin.index'],
    ['a host', 'a connect to source:3306 and db-replica failed'],
    ['an account', "denied for 'source'@'replica'"],
    ['a quoted one', 'channel "source" and `replica` and “the applier”'],
    ['a column', 'Source_Host, Replica_IO_Running'],
    ['a statement', 'SHOW REPLICA STATUS, CHANGE REPLICATION SOURCE TO'],
    ['a rule', 'receiver-position-ahead, missing-source-log'],
    ['a longer word', 'resources, outsourced, appliers2'],
  ])('%s: %s', (_, text) => {
    expect(in56(text)).toBe(text);
  });
});
